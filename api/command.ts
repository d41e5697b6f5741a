// Sends a command to a running verification and waits for its verdict in the projection.
import { RefusedError } from '../domain/errors.ts';
import type { JudgedAttempt, VerificationDocument } from '../store/documents.ts';
import { findVerification } from '../store/verifications.ts';
import type { ApiDeps } from './deps.ts';
import type { SignalResult } from './engine.ts';
import { type VerificationBody, verdictFor, verificationBody } from './wire.ts';

/** A caller waits this long at most; the command is kept all the same. In milliseconds. */
const COMMAND_WAIT_MS = 5_000;

export interface CommandOutcome extends JudgedAttempt {
  /** The verification as the projection showed it together with the verdict. */
  readonly body: VerificationBody;
}

/**
 * Delivers by `send` and reads the verdict of `attemptId`, unless the verification as read already shows one.
 * @throws RefusedError unavailable when no verdict came in time: the command is durable and will be judged.
 */
export async function commandVerification(
  { database, outcomes }: Pick<ApiDeps, 'database' | 'outcomes'>,
  verification: VerificationDocument,
  attemptId: string,
  receivedAt: number,
  send: () => Promise<SignalResult>,
): Promise<CommandOutcome> {
  const read = (projected: VerificationDocument): CommandOutcome | undefined => {
    const found = verdictFor(projected, attemptId);
    return found && { ...found, body: verificationBody(projected) };
  };
  const known = read(verification);
  if (known) return known;
  const { _id: trackingId } = verification;
  const outcome =
    (await send()) === 'delivered'
      ? await outcomes.waitFor(trackingId, read, receivedAt + COMMAND_WAIT_MS)
      : // The workflow has closed, so what is projected now is the last word.
        await findVerification(database, trackingId).then((last) => last && read(last));
  if (!outcome) throw new RefusedError('unavailable', { retryAfterSeconds: 2 });
  return outcome;
}
