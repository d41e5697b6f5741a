// What may be said to a running verification. Handlers change state first and never throw: a throw would stall the workflow.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { setHandler } from '@temporalio/workflow';
import { judgeAnswer, judgeCancellation } from '../domain/verification.ts';
import {
  cancellationSignal,
  confirmationAttemptSignal,
  snapshotQuery,
  startAbandonedSignal,
  type VerificationInput,
} from './messages.ts';
import { takeJudgement, type VerificationRecord } from './record.ts';

/** Sets every handler; to be called before the first await. */
export function handleMessages(input: VerificationInput, record: VerificationRecord): void {
  const judged = (attemptId: string) => Object.hasOwn(record.verdicts, attemptId);

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
