// What may be said to a running verification. Handlers change state first and never throw: a throw would stall the workflow.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type SignalDefinition, setHandler } from '@temporalio/workflow';
import { isMethod } from '../domain/method.ts';
import { judgeAnswer, judgeCancellation } from '../domain/verification.ts';
import type { Deliveries } from './delivery.ts';
import {
  cancellationSignal,
  confirmationAttemptSignal,
  deliveryReportSignal,
  reprojectSignal,
  resendSignal,
  type Said,
  snapshotQuery,
  startAbandonedSignal,
  type VerificationInput,
} from './messages.ts';
import { endUnasked, takeJudgement, takeReport, tell, type VerificationRecord } from './record.ts';
import { handleResend } from './resend.ts';
import { hear as hearSealed } from './sealed.ts';

/** Far more than this service ever says to one, far less than Temporal lets anybody say: 10,000. */
const MOST_HEARD = 5_000;

/** One that could soon hear no answer any more ends while it can say so. */
function endIfFlooded(record: VerificationRecord): void {
  record.heard += 1;
  if (record.heard < MOST_HEARD || record.sends.length === 0 || !endUnasked(record, 'Failed')) return;
  tell(record, { event: 'failed', at: Date.now(), why: `it was told ${MOST_HEARD} things, and could hear no more` });
}

/** Sets every handler; to be called before the first await. */
export function handleMessages(input: VerificationInput, record: VerificationRecord, deliveries: Deliveries): void {
  const seen = new Set<string>();
  const hear = <T extends Said>(signal: SignalDefinition<[T]>, handler: (message: T) => void) =>
    hearSealed(signal, handler, () => endIfFlooded(record));
  const judged = (attemptId: string) => record.verdicts.has(attemptId);

  hear(confirmationAttemptSignal, (attempt) => {
    const digest = attempt.digests?.[input.keyId];
    // Without a digest under this verification's key nothing can be judged, and nothing counts.
    if (typeof digest !== 'string' || judged(attempt.attemptId)) return;
    const right = bytesToHex(sha256(utf8ToBytes(digest))) === input.rightAnswerHash;
    takeJudgement(record, attempt.attemptId, judgeAnswer(record.state, right, attempt.receivedAt, Date.now()));
  });

  hear(cancellationSignal, (cancellation) => {
    if (typeof cancellation.attemptId !== 'string' || judged(cancellation.attemptId)) return;
    takeJudgement(record, cancellation.attemptId, judgeCancellation(record.state, cancellation.receivedAt, Date.now()));
  });

  hear(resendSignal, (resend) => {
    // Seen, not judged: the verdict comes only when the send is paid for.
    if (typeof resend.attemptId !== 'string' || seen.has(resend.attemptId) || !isMethod(resend.method)) return;
    seen.add(resend.attemptId);
    handleResend(input, record, deliveries, resend);
  });

  hear(deliveryReportSignal, (report) => {
    takeReport(record, report);
  });

  hear(reprojectSignal, () => {
    record.restore = true;
    record.version += 1;
  });

  hear(startAbandonedSignal, () => {
    record.abandoned = true;
  });

  setHandler(snapshotQuery, () => ({
    status: record.state.status,
    timesTried: record.state.timesTried,
    maxRetries: record.state.maxRetries,
    expiresAt: new Date(record.state.expiresAt).toISOString(),
    recipient: input.recipientMasked,
    timeline: [...record.timeline],
  }));
}
