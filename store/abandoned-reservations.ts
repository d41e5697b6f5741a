// Settles reservations whose verification has no workflow any more, by what is known to have happened.
import { abandonedSettlement } from '../domain/abandoned-reservation.ts';
import { outcomeOf } from '../domain/delivery.ts';
import { settleOperation } from '../domain/ledger.ts';
import type { OpenReservation } from '../domain/ledger-audit.ts';
import { microsToUnits } from '../domain/money.ts';
import { inDoubt } from '../domain/orphan.ts';
import { noteAct } from './audit.ts';
import type { Database } from './database.ts';
import { noteUnknownOutcome } from './events.ts';
import { moveFunds } from './funds.ts';
import { addOperatorAct } from './operator-acts.ts';
import { findVerification } from './verifications.ts';

const REFERENCE = 'Settled by the ledger audit';

/** Charges or gives back; undefined where somebody else had settled it meanwhile, `doubtful` where its carrier is to be asked first. */
export async function settleAbandoned(
  database: Database,
  accountId: string,
  { trackingId, n, amount }: OpenReservation,
  actor: string,
): Promise<'charge' | 'release' | 'doubtful' | undefined> {
  const seen = await findVerification(database, trackingId);
  const sends = seen?.sends.filter((each) => each.n === n) ?? [];
  if (outcomeOf(sends, n)?.kind !== 'accepted' && sends.some(inDoubt)) return 'doubtful';
  const kind = abandonedSettlement(seen, n);
  const operation = { ...settleOperation(trackingId, n, kind, amount), reference: REFERENCE };
  // First, so that no crash leaves money moved and nobody named.
  await noteAct(database, {
    _id: `ledgerAudit:${operation._id}`,
    at: new Date(),
    actor,
    action: `reservation.${kind}`,
    details: { accountId, trackingId, send: n, amount: microsToUnits(amount), reason: 'its workflow is gone' },
  });
  const doubt = sends.findLast(({ outcome }) => outcome?.kind === 'unknown');
  if (kind === 'release' && doubt?.outcome?.kind === 'unknown') {
    const { carrier, outcome } = doubt;
    await noteUnknownOutcome(database, accountId, { trackingId, send: n, carrier, reason: outcome.reason, amount });
  }
  const row = await moveFunds(database, accountId, operation);
  if (typeof row === 'string' || row.reference !== REFERENCE) return undefined;
  await addOperatorAct(database, trackingId, { row: row._id, kind, amount, reference: REFERENCE, at: row.at });
  return kind;
}
