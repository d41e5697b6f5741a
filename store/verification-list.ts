// Verifications as operators look for them: by who started them, how they stand, where they went, and when.
import type { Method } from '../domain/method.ts';
import type { Status } from '../domain/verification.ts';
import type { Database } from './database.ts';
import type { VerificationDocument } from './documents.ts';
import { findPage, type Page, type PageRequest, within } from './page.ts';

export interface VerificationFilter {
  readonly accountId?: string | undefined;
  readonly applicationId?: string | undefined;
  readonly status?: Status | undefined;
  readonly method?: Method | undefined;
  readonly country?: string | undefined;
  /** One of those a message of it was given to. */
  readonly carrier?: string | undefined;
  /** By the time the start was received: `from` counts, `to` does not. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** A page of verifications that opened, the newest first; refused starts are in no list. */
export async function listVerifications(
  { verifications }: Pick<Database, 'verifications'>,
  { from, to, carrier, ...exact }: VerificationFilter,
  page: PageRequest,
): Promise<Page<VerificationDocument>> {
  const receivedAt = within(from, to);
  const filter = {
    ...exact,
    ...(carrier !== undefined && { 'sends.carrier': carrier }),
    outcome: 'open' as const,
    receivedAt,
  };
  return await findPage(verifications, filter, { receivedAt: -1, _id: -1 }, page);
}
