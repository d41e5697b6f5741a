// Erases some verifications of one number: ended first, then their contents, their histories, and last what leads to them.
import type { Client } from '@temporalio/client';
import type { WaitingReason } from '../domain/erasure.ts';
import { inDoubt } from '../domain/orphan.ts';
import type { Database } from '../store/database.ts';
import { forgetContents, forgetHashes } from '../store/erasure.ts';
import { findVerifications } from '../store/verifications.ts';
import { callbackWorkflowId, orphanWorkflowId, verificationWorkflowId } from '../workflows/messages.ts';
import { deleteExecutions, untilEnded } from './delete-executions.ts';

export interface Erased {
  /** Verifications that were asked to cancel. */
  cancelled: number;
  verifications: number;
  executions: number;
  sandboxMessages: number;
  idempotencyKeys: number;
}

export interface Waiting {
  readonly trackingId: string;
  readonly reason: WaitingReason;
}

/** Adds to `erased` what it did, and returns those that have to wait, which a repeat finds by the same hashes. */
export async function eraseVerifications(
  { database, temporal }: { readonly database: Database; readonly temporal: Client },
  hashes: readonly string[],
  trackingIds: readonly string[],
  until: number,
  erased: Erased,
): Promise<Waiting[]> {
  const waiting: Waiting[] = [];
  /** Those of them that `look` finds no reason to wait for. */
  const passing = async (ids: readonly string[], look: (id: string) => Promise<WaitingReason | undefined>) => {
    const reasons = await Promise.all(ids.map(look));
    for (const [index, trackingId] of ids.entries()) {
      const reason = reasons[index];
      if (reason) waiting.push({ trackingId, reason });
    }
    return ids.filter((_, index) => !reasons[index]);
  };
  const deleteAll = async (workflowId: string) => {
    const { deleted, gone } = await deleteExecutions(temporal, workflowId, until);
    erased.executions += deleted;
    return gone;
  };

  const ended = await passing(trackingIds, async (id) => {
    const verification = await untilEnded(temporal, verificationWorkflowId(id), until, { cancel: true });
    if (verification.cancelled) erased.cancelled += 1;
    const orphan = await untilEnded(temporal, orphanWorkflowId(id), until);
    return verification.ended && orphan.ended ? undefined : 'pending';
  });
  // Whoever settles for a lost workflow needs the number to ask the carrier and tell the application.
  const unsettled = new Set(await idsInNeed(database, ended));
  const settled = await passing(ended, async (id) => (unsettled.has(id) ? 'workflowGone' : undefined));
  const contents = await forgetContents(database, hashes, settled);
  erased.sandboxMessages += contents.sandboxMessages;
  erased.idempotencyKeys += contents.idempotencyKeys;
  const gone = await passing(settled, async (id) => {
    const callback = async () => {
      const { ended } = await untilEnded(temporal, callbackWorkflowId(id), until);
      return ended ? await deleteAll(callbackWorkflowId(id)) : 'runs';
    };
    const histories = [verificationWorkflowId(id), orphanWorkflowId(id)].map(deleteAll);
    const [told, ...deleted] = await Promise.all([callback(), ...histories]);
    if (told === 'runs') return 'callback';
    return told && deleted.every((each) => each) ? undefined : 'history';
  });
  erased.verifications += await forgetHashes(database, hashes, gone);
  return waiting;
}

async function idsInNeed(database: Database, trackingIds: readonly string[]): Promise<string[]> {
  const found = await findVerifications(database, trackingIds);
  return found
    .filter(({ outcome, status, sends }) => outcome === 'open' && (status === 'Pending' || sends.some(inDoubt)))
    .map(({ _id }) => _id);
}
