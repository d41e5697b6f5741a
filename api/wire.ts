// Verifications as the wire shows them, and errors for those it does not show.
import { RefusedError } from '../domain/errors.ts';
import { openedInTime } from '../domain/start-window.ts';
import { type Status, verdictOfDecided } from '../domain/verification.ts';
import type { Database } from '../store/database.ts';
import type { JudgedAttempt, VerificationDocument, VerificationFacts } from '../store/documents.ts';
import { findVerification } from '../store/verifications.ts';

/** An open verification: one whose start was, or will be, answered 200. */
export type OpenVerification = VerificationDocument & VerificationFacts;

export interface VerificationBody {
  readonly trackingId: string;
  readonly status: Status;
  readonly updatedAt: string;
  readonly maxRetries: number;
  readonly expiresAt: string;
  readonly timesTried: number;
}

/** The body every verification endpoint answers with. */
export function verificationBody(verification: VerificationDocument): VerificationBody {
  return {
    trackingId: verification._id,
    status: verification.status,
    updatedAt: verification.updatedAt.toISOString(),
    maxRetries: verification.maxRetries,
    expiresAt: verification.expiresAt.toISOString(),
    timesTried: verification.timesTried,
  };
}

/** Whether a projection is one the wire shows: refused and abandoned starts are not. */
export function isOpen(verification: VerificationDocument): verification is OpenVerification {
  return (
    verification.outcome === 'open' &&
    verification.receivedAt !== undefined &&
    openedInTime(verification.receivedAt.getTime(), verification.openedAt.getTime())
  );
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The account's verification with this id, in any case.
 * @throws RefusedError unknownTrackingId for unknown, malformed, refused and foreign ids alike.
 */
export async function findOwnVerification(
  database: Database,
  accountId: string,
  trackingId: string,
): Promise<OpenVerification> {
  const id = trackingId.toLowerCase();
  const verification = uuid.test(id) ? await findVerification(database, id) : null;
  if (!verification || !isOpen(verification) || verification.accountId !== accountId) {
    throw new RefusedError('unknownTrackingId');
  }
  return verification;
}

/**
 * What a projection says about one attempt: its own verdict, or that of an ending which came first; undefined while
 * neither is there. A decided status answers for every attempt without a verdict, since it never changes again.
 */
export function verdictFor(verification: VerificationDocument, attemptId: string): JudgedAttempt | undefined {
  const own = verification.verdicts[attemptId];
  if (own) return own;
  if (verification.status === 'Pending') return undefined;
  return { verdict: verdictOfDecided(verification.status), remaining: 0 };
}
