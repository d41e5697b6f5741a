// What may be said to a running verification. Handlers change state first and never throw: a throw would stall the workflow.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { setHandler } from '@temporalio/workflow';
import { isMethod } from '../domain/method.ts';
import { judgeAnswer, judgeCancellation } from '../domain/verification.ts';
import type { Deliveries } from './delivery.ts';
import {
  cancellationSignal,
  confirmationAttemptSignal,
  deliveryReportSignal,
  reprojectSignal,
  resendSignal,
  snapshotQuery,
  startAbandonedSignal,
  type VerificationInput,
} from './messages.ts';
import { takeJudgement, takeReport, type VerificationRecord } from './record.ts';
import { handleResend } from './resend.ts';

/** Sets every handler; to be called before the first await. */
export function handleMessages(input: VerificationInput, record: VerificationRecord, deliveries: Deliveries): void {
  const seen = new Set<string>();
  const judged = (attemptId: string) => record.verdicts.has(attemptId);

  setHandler(confirmationAttemptSignal, (attempt) => {
    const digest = attempt?.digests?.[input.keyId];
    // Without a digest under this verification's key nothing can be judged, and nothing counts.
    if (typeof digest !== 'string' || judged(attempt.attemptId)) return;
    const right = bytesToHex(sha256(utf8ToBytes(digest))) === input.rightAnswerHash;
    takeJudgement(record, attempt.attemptId, judgeAnswer(record.state, right, attempt.receivedAt, Date.now()));
  });

  setHandler(cancellationSignal, (cancellation) => {
    if (typeof cancellation?.attemptId !== 'string' || judged(cancellation.attemptId)) return;
    takeJudgement(record, cancellation.attemptId, judgeCancellation(record.state, cancellation.receivedAt, Date.now()));
  });

  setHandler(resendSignal, (resend) => {
    // Seen, not judged: the verdict comes only when the send is paid for.
    if (typeof resend?.attemptId !== 'string' || seen.has(resend.attemptId) || !isMethod(resend.method)) return;
    seen.add(resend.attemptId);
    handleResend(input, record, deliveries, resend);
  });

  setHandler(deliveryReportSignal, (report) => {
    if (report !== undefined && report !== null) takeReport(record, report);
  });

  setHandler(reprojectSignal, () => {
    record.restore = true;
    record.version += 1;
  });

  setHandler(startAbandonedSignal, () => {
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
