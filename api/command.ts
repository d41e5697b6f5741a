// Sends a command to a running verification and waits for its verdict in the projection.
import { RefusedError } from '../domain/errors.ts';
import { createKeyedQueue } from '../store/account-queue.ts';
import type { JudgedAttempt, VerificationDocument } from '../store/documents.ts';
import { findVerification } from '../store/verifications.ts';
import type { ApiDeps } from './deps.ts';
import type { SignalResult } from './engine.ts';
import { type CommandKind, createUnjudged } from './unjudged.ts';
import { type VerificationBody, verdictFor, verificationBody } from './wire.ts';

/** A caller waits this long at most; the command is kept all the same. In milliseconds. */
const COMMAND_WAIT_MS = 5_000;

export interface Command {
  readonly kind: CommandKind;
  readonly attemptId: string;
  readonly receivedAt: number;
}

export interface CommandOutcome extends JudgedAttempt {
  /** The verification as the projection showed it together with the verdict. */
  readonly body: VerificationBody;
}

/**
 * Delivers by `send` and reads the verdict of the command, unless the verification as read already shows one. What would change
 * nothing is not delivered: histories hold a bounded number of signals.
 * @throws RefusedError unavailable when no verdict came in time: the command is durable and will be judged.
 */
export type Commands = (
  verification: VerificationDocument,
  command: Command,
  send: () => Promise<SignalResult>,
) => Promise<CommandOutcome>;

export function createCommands({ database, outcomes }: Pick<ApiDeps, 'database' | 'outcomes'>): Commands {
  const unjudged = createUnjudged();
  const inTurn = createKeyedQueue();

  return async (verification, { kind, attemptId, receivedAt }, send) => {
    const { _id: trackingId } = verification;
    const read = (projected: VerificationDocument): CommandOutcome | undefined => {
      const found = verdictFor(projected, attemptId);
      return found && { ...found, body: verificationBody(projected) };
    };
    const known = read(verification);
    if (known) return known;
    // Those before it may take so long that it is nobody's any more.
    const deliver = async (): Promise<SignalResult> => {
      if (unjudged.suffices(verification, kind, attemptId)) return 'delivered';
      if (Date.now() > receivedAt + COMMAND_WAIT_MS) throw unavailable();
      const result = await send();
      if (result === 'delivered') unjudged.handedOver(trackingId, kind, attemptId);
      return result;
    };
    const result = await inTurn(trackingId, deliver);
    if (result === 'delivered') {
      const seen = await outcomes.waitFor(trackingId, read, receivedAt + COMMAND_WAIT_MS);
      if (seen) return seen;
      throw unavailable();
    }
    // It hears no more, so what is projected now is the last word, or what it was told before leads to it.
    const last = await findVerification(database, trackingId);
    const outcome = last && (read(last) ?? (result === 'full' && over(last)));
    if (!outcome) throw unavailable();
    return outcome;
  };
}

/** One that was told all it can be told ends by itself (workflows/handlers.ts). */
function over(verification: VerificationDocument): CommandOutcome {
  return { verdict: 'notPending', remaining: 0, body: verificationBody(verification) };
}

function unavailable(): RefusedError {
  return new RefusedError('unavailable', { retryAfterSeconds: 2 });
}
