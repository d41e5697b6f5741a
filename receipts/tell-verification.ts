// Tells a verification what its carrier reported; one that is over is told no more, and the report stands in its story alone.
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { SendPlace } from '../domain/delivery.ts';
import { withReceipt } from '../domain/delivery-state.ts';
import type { DeliveryReport } from '../domain/receipt.ts';
import type { RecentCounts } from '../domain/recent-counts.ts';
import { isFull } from '../domain/signal-limit.ts';
import { type KeptMessage, noteTold } from '../store/carrier-messages.ts';
import type { Database } from '../store/database.ts';
import { addLateReceipt } from '../store/late-receipts.ts';
import type { KeptReceipt } from '../store/receipt-documents.ts';
import { findVerification } from '../store/verifications.ts';
import { deliveryReportSignal, saying, verificationWorkflowId } from '../workflows/messages.ts';

export interface TellingDeps {
  readonly database: Database;
  readonly temporal: Client;
  /** Bounds what is told of one send before its projection shows any of it. */
  readonly recent?: RecentCounts;
}

/** For one signal: carriers wait no longer than a few seconds for their acknowledgement. */
const DEADLINE_MS = 3_500;

/** Tells every receipt of a message that its verification does not know of. Once it resolved, each of them is durable there. */
export async function tellUntold(
  deps: TellingDeps,
  carrier: string,
  send: SendPlace,
  { id, untold }: KeptMessage,
): Promise<void> {
  for (const receipt of untold) {
    const report = reportOf(carrier, send, receipt);
    const name = `${send.trackingId}:${send.n}.${send.step}`;
    const told = (await saysSomethingNew(deps, report, send)) && (deps.recent?.admit(name, Date.now()) ?? true);
    if (told) await tell(deps, send.trackingId, report);
    // Should this be lost, the next receipt is told once more, which changes nothing.
    await noteTold(deps.database, id, receipt.key).catch(() => undefined);
  }
}

/** What the projection shows that its workflow would not take is not told: histories hold a bounded number of signals. */
async function saysSomethingNew({ database }: TellingDeps, report: DeliveryReport, send: SendPlace): Promise<boolean> {
  const verification = await findVerification(database, send.trackingId);
  const known = verification?.sends.find(({ n, step = 1 }) => n === send.n && step === send.step)?.receipts;
  return known === undefined || withReceipt(known, report) !== known;
}

function reportOf(
  carrier: string,
  { n, step }: SendPlace,
  { messageId, state, reason, at }: KeptReceipt,
): DeliveryReport {
  return {
    n,
    step,
    carrier,
    ...(messageId !== undefined && { messageId }),
    state,
    ...(reason !== undefined && { reason }),
    at: at.getTime(),
  };
}

async function tell({ database, temporal }: TellingDeps, trackingId: string, report: DeliveryReport): Promise<void> {
  const handle = temporal.workflow.getHandle(verificationWorkflowId(trackingId));
  try {
    await temporal.withDeadline(Date.now() + DEADLINE_MS, () =>
      handle.signal(deliveryReportSignal, saying(deliveryReportSignal, report)),
    );
  } catch (error) {
    // Ended, terminated, or lost with Temporal's data. A verification that was deleted has no story to add to.
    if (!(error instanceof WorkflowNotFoundError) && !isFull(error)) throw error;
    if (await findVerification(database, trackingId)) await addLateReceipt(database, trackingId, report);
  }
}
