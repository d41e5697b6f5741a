// Events as people read them: each with its sentence, amounts in the account's currency.
import { eventSentence } from '../domain/event.ts';
import { findAccount } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import type { EventDocument } from '../store/documents.ts';

export interface ToldEvent {
  readonly event: EventDocument;
  readonly sentence: string;
}

/** The events with their sentences, in the same order. */
export async function tellEvents(database: Database, events: readonly EventDocument[]): Promise<ToldEvent[]> {
  const ids = [...new Set(events.flatMap(({ accountId }) => accountId ?? []))];
  const accounts = await Promise.all(ids.map((id) => findAccount(database, id)));
  const currencies = new Map(accounts.map((account) => [account?._id, account?.currency]));
  return events.map((event) => ({
    event,
    sentence: eventSentence(event, currencies.get(event.accountId ?? '') ?? ''),
  }));
}
