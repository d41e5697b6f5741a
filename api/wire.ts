// Verifications as the wire shows them, and errors for those it does not show.
import { z } from 'zod';
import { RefusedError } from '../domain/errors.ts';
import { openedInTime } from '../domain/start-window.ts';
import { statuses, verdictOfDecided } from '../domain/verification.ts';
import type { Database } from '../store/database.ts';
import type { JudgedAttempt, RecipientFacts, VerificationDocument, VerificationFacts } from '../store/documents.ts';
import { findVerification } from '../store/verifications.ts';
import { count, instant } from './answers.ts';

/** An open verification: one whose start was, or will be, answered 200; of a person who was erased, without its recipient. */
export type OpenVerification = VerificationDocument & Omit<VerificationFacts, keyof RecipientFacts>;

export const trackingId = z.uuid();

export const status = z.enum(statuses).meta({
  id: 'Status',
  description: 'Pending, then one of the others, which never changes again.',
});

/** The body every verification endpoint answers with. */
export const verificationAnswer = z
  .object({
    trackingId: trackingId.describe('Names the verification in every later request.'),
    status,
    updatedAt: instant.describe('When the status or the number of tries last changed.'),
    maxRetries: count.describe('Wrong answers allowed after the first.'),
    expiresAt: instant.describe('From this moment on the status is Expired.'),
    timesTried: count.describe('Answers judged, the right one included.'),
  })
  .meta({ id: 'Verification', description: 'What anyone may know about a verification.' });

/** The recipient as people are shown it. */
export const shownRecipient = z.string().describe('Masked; `erased` where the person was erased.');

export const showRecipient = ({ recipientMasked }: VerificationDocument): string => recipientMasked ?? 'erased';

export type VerificationBody = Readonly<z.output<typeof verificationAnswer>>;

/** The path parameter of everything about one verification; whatever is none of the account's gives `404011006`. */
export const trackingIdParams = z.object({
  trackingId: z.string().meta({ format: 'uuid', description: 'As the start answered it, in any case.' }),
});

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

/** The verification with this id, in any case; null where there is none that the wire shows. */
export async function findOpenVerification(database: Database, trackingId: string): Promise<OpenVerification | null> {
  const id = trackingId.toLowerCase();
  const verification = uuid.test(id) ? await findVerification(database, id) : null;
  return verification && isOpen(verification) ? verification : null;
}

/**
 * The account's verification with this id, in any case.
 * @throws RefusedError unknownTrackingId for unknown, malformed, refused and foreign ids alike.
 */
export async function findOwnVerification(
  database: Database,
  accountId: string,
  trackingId: string,
): Promise<OpenVerification> {
  const verification = await findOpenVerification(database, trackingId);
  if (verification?.accountId !== accountId) throw new RefusedError('unknownTrackingId');
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
