// Sends a request, and sends it again where that is safe and the service says it may help.
import { numberIn } from './errors.ts';

/** `repeatable` where the request itself does not show that it is. */
export type Send = (request: Request, repeatable?: boolean) => Promise<Response>;

export interface RetryOptions {
  /** Further tries after the first; 3 unless set, 0 for none. */
  readonly retries?: number;
  /** Longer waits are left to the caller, who finds them in the error; in seconds, 10 unless set. */
  readonly longestWaitSeconds?: number;
  /** One try takes this long at most; in milliseconds, 15,000 unless set. */
  readonly timeoutMs?: number;
}

const TEMPORARY = [429, 503];
/** Where no answer came there is no Retry-After; doubled each time. In milliseconds. */
const FIRST_PAUSE_MS = 250;

/** A lost answer may hide a done deed, so only what changes nothing, or has a key, is sent again. */
export function isRepeatable({ method, headers }: Request): boolean {
  return method === 'GET' || method === 'HEAD' || headers.has('Idempotency-Key');
}

export function sendWithRetries(fetchOnce: typeof fetch, options: RetryOptions = {}): Send {
  const { retries = 3, longestWaitSeconds = 10, timeoutMs = 15_000 } = options;
  return async function send(request, repeatable = isRepeatable(request)) {
    const tries = repeatable ? retries : 0;
    for (let done = 0; ; done += 1) {
      const last = done >= tries;
      const pauseMs = FIRST_PAUSE_MS * 2 ** done;
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
      try {
        const response = await fetchOnce(request.clone(), { signal });
        if (last || !TEMPORARY.includes(response.status)) return response;
        const waitMs = (numberIn(response, 'Retry-After') ?? pauseMs / 1000) * 1000;
        if (waitMs > longestWaitSeconds * 1000) return response;
        await response.body?.cancel();
        await pause(waitMs, request.signal);
      } catch (error) {
        if (last || request.signal.aborted) throw error;
        await pause(pauseMs, request.signal);
      }
    }
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
