// Erases a person by the number: everything that leads to it in MongoDB and Temporal. A repeat goes on where this one ended.
import type { Client } from '@temporalio/client';
import { maskNumber } from '../domain/phone.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { recipientHashes } from '../secrets/recipient.ts';
import { forgetSearches, strayVerifications, verificationsUnder } from '../store/erasure.ts';
import { type Erased, eraseVerifications, type Waiting } from './erase-verifications.ts';
import { leaveTrace, type Operator } from './operator.ts';

export interface Erasure extends Erased {
  /** Whether nothing that leads to the number is left. */
  readonly finished: boolean;
  /** At most 100 of them. */
  readonly waiting: readonly Waiting[];
  readonly auditRows: number;
}

/** As long as a caller waits; what takes longer is for a repeat. In milliseconds. */
const BUDGET_MS = 15_000;
/** What is under way may take this long of it to end, so that one that does not holds up no other; in milliseconds. */
const PATIENCE_MS = 5_000;
const AT_ONCE = 20;
const MAX_WAITING = 100;

/** The number stands in nothing that this leaves behind, the audit trail included. */
export async function eraseSubject(
  operator: Operator,
  { ring, temporal }: { readonly ring: KeyRing; readonly temporal: Client },
  number: string,
  reference: string | undefined,
): Promise<Erasure> {
  const { database } = operator;
  const about = reference === undefined ? {} : { reference };
  // First, so that no crash leaves a person erased and nobody named.
  await leaveTrace(operator, 'subjects.erase', about);
  const hashes = recipientHashes(ring, number);
  const erased: Erased = { cancelled: 0, verifications: 0, executions: 0, sandboxMessages: 0, idempotencyKeys: 0 };
  const waiting: Waiting[] = [];
  const deadline = Date.now() + BUDGET_MS;
  const erase = async (ids: readonly string[]) => {
    const until = Math.min(deadline, Date.now() + PATIENCE_MS);
    waiting.push(...(await eraseVerifications({ database, temporal }, hashes, ids, until, erased)));
  };
  const goesOn = () => Date.now() < deadline && waiting.length < MAX_WAITING;

  let last: string | undefined = '';
  while (last !== undefined && goesOn()) {
    const page: string[] = await verificationsUnder(database, hashes, last, AT_ONCE);
    await erase(page);
    last = page.at(-1);
  }
  const strays = await strayVerifications(database, hashes);
  let left = strays;
  for (; left.length > 0 && goesOn(); left = left.slice(AT_ONCE)) await erase(left.slice(0, AT_ONCE));
  const auditRows = await forgetSearches(database, maskNumber(number));
  const finished = last === undefined && left.length === 0 && waiting.length === 0;
  await leaveTrace(operator, 'subjects.erased', { ...about, finished, ...erased, auditRows, waiting: waiting.length });
  return { ...erased, auditRows, waiting: waiting.slice(0, MAX_WAITING), finished };
}
