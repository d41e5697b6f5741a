// Temporal's limit of signals for one workflow, as its server tells of it in gRPC's terms.

const INVALID_ARGUMENT = 3;
const RESOURCE_EXHAUSTED = 8;
const FAILED_PRECONDITION = 9;
const codes: ReadonlySet<unknown> = new Set([INVALID_ARGUMENT, RESOURCE_EXHAUSTED, FAILED_PRECONDITION]);

/** Whether a signal was refused for good, since its workflow has had too many; a server that is only busy says something else. */
export function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, details, message } = (error.cause instanceof Error ? error.cause : error) as Error & {
    readonly code?: unknown;
    readonly details?: unknown;
  };
  if (!codes.has(code)) return false;
  const words = `${details} ${message}`;
  return /exceed/i.test(words) && /limit/i.test(words) && /signal/i.test(words);
}
