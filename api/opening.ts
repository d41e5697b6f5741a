// Starts a verification and finds out whether it opened, in a way its workflow will agree with.
import { type ErrorName, RefusedError } from '../domain/errors.ts';
import { ABANDONED_LOOK_MS, START_WINDOW_MS } from '../domain/start-window.ts';
import type { VerificationDocument } from '../store/documents.ts';
import type { VerificationInput } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { isOpen } from './wire.ts';

/** `unknown`: neither was seen in time; it may yet turn out to be either. */
export type OpeningSeen =
  | { readonly kind: 'open'; readonly verification: VerificationDocument }
  | { readonly kind: 'refused'; readonly refusal: ErrorName }
  | { readonly kind: 'unknown' };

/** Starts the workflow, or joins one started before under the same id, and waits for its first projection. */
export async function startAndSee(
  { engine, outcomes, logger }: Pick<ApiDeps, 'engine' | 'outcomes' | 'logger'>,
  input: VerificationInput,
): Promise<OpeningSeen> {
  const { trackingId, receivedAt } = input;
  const giveUpAt = receivedAt + START_WINDOW_MS;
  try {
    await engine.start(input);
    const seen = await outcomes.waitFor(trackingId, readOpening, giveUpAt);
    if (seen) return seen;
  } catch (error) {
    // The start may have reached the engine all the same, so it is given up below like a silent one.
    logger.warn(
      { error: error instanceof Error ? error.name : typeof error },
      'a start may not have reached the engine',
    );
  }
  // Beside the look-up: a workflow that hears of it late, or never, may still open to the end of the window.
  engine.abandon(trackingId).catch(() => undefined);
  const seen = await outcomes.waitFor(trackingId, readOpening, giveUpAt + ABANDONED_LOOK_MS);
  return seen ?? { kind: 'unknown' };
}

/** A start that was given up, or whose fate is not known yet. */
export function startUnavailable(): RefusedError {
  return new RefusedError('unavailable', { retryAfterSeconds: 2 });
}

function readOpening(verification: VerificationDocument): OpeningSeen | undefined {
  if (verification.outcome === 'refused') return { kind: 'refused', refusal: verification.refusal ?? 'internal' };
  return isOpen(verification) ? { kind: 'open', verification } : undefined;
}
