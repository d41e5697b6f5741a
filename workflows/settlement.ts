// The money of one send: charged as soon as a carrier took it over, given back once it is certain, or decided, that none did.
import { condition } from '@temporalio/workflow';
import { outcomeOf, provenByAnswer, settlementOf } from '../domain/delivery.ts';
import { settleOperation } from '../domain/ledger.ts';
import { records } from './activity-stubs.ts';
import type { VerificationInput } from './messages.ts';
import { noteOutcome, tell, type VerificationRecord } from './record.ts';
import { lookedUp, type PaidSend, sendQuestion } from './send.ts';

/** @param walked whether no further step of this send can come */
export async function settleWhenKnown(
  input: VerificationInput,
  record: VerificationRecord,
  send: PaidSend,
  walked: () => boolean,
): Promise<void> {
  const pending = () => record.state.status === 'Pending';
  const outcome = () => outcomeOf(record.sends, send.n);
  await condition(() => {
    const kind = outcome()?.kind;
    return kind === 'accepted' || (walked() && kind !== undefined && (kind !== 'unknown' || !pending()));
  });
  if (!provenByAnswer(record.state.status, record.sends, send.n)) await askLastTime(input, record, send);
  await settle(input, record, send);
}

/** Steps still in doubt when all is over are asked after once more; up to a minute of a paused carrier's, which only this money waits for. */
async function askLastTime(input: VerificationInput, record: VerificationRecord, send: PaidSend): Promise<void> {
  for (const each of record.sends.filter(({ n }) => n === send.n)) {
    if (outcomeOf(record.sends, send.n)?.kind !== 'unknown') return;
    if (each.outcome?.kind !== 'unknown') continue;
    const question = sendQuestion(input, send, each.step ?? 1);
    const known = await lookedUp(each.carrier, question, each.outcome);
    if (known.kind !== 'unknown') noteOutcome(record, each, known);
  }
}

async function settle(input: VerificationInput, record: VerificationRecord, { n, price }: PaidSend): Promise<void> {
  const { trackingId, accountId } = input;
  const outcome = outcomeOf(record.sends, n) ?? { kind: 'unknown', reason: 'it was never begun' };
  const kind = settlementOf(outcome, provenByAnswer(record.state.status, record.sends, n));
  const operation = settleOperation(trackingId, n, kind, price);
  if (outcome.kind === 'unknown' && kind === 'release') {
    const carrier = record.sends.findLast((send) => send.n === n)?.carrier ?? '';
    await records.settle(accountId, operation, { trackingId, send: n, carrier, reason: outcome.reason, amount: price });
  } else await records.settle(accountId, operation);
  if (kind === 'charge') record.charged += price;
  tell(record, { event: kind === 'charge' ? 'charged' : 'released', at: Date.now(), amount: price, send: n });
}
