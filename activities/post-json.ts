// One guarded POST to a URL a customer chose: no private addresses, no redirects, two seconds, a bounded reply.
import http from 'node:http';
import https from 'node:https';
import type { CallbackOutcome } from '../domain/callback-schedule.ts';
import { type CallbackAllowList, callbackUrlProblem } from '../domain/callback-url.ts';
import { ForbiddenAddress } from '../egress/addresses.ts';
import { destinationOf, guardFor } from '../egress/allowed-hosts.ts';
import { exchange, NotSent } from '../egress/exchange.ts';

/** From the look-up of the name to the head of the reply, in milliseconds; after it the rest is waited for no longer either. */
const TOTAL_TIMEOUT_MS = 2_000;
/** Read at most, so that a receiver's connection ends cleanly; nothing of it is kept. */
const MAX_REPLY_BYTES = 1_024;

/** Posts once and says what came of it; never throws. */
export async function postJson(
  target: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  allowed: CallbackAllowList,
): Promise<CallbackOutcome> {
  if (callbackUrlProblem(target, allowed)) return { kind: 'failed', reason: 'forbiddenAddress' };
  const url = new URL(target);
  const signal = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
  try {
    const reply = await exchange(url, agentFor(url, allowed), {
      method: 'POST',
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(body)),
        'User-Agent': 'Twostep',
      },
      body,
      connectMs: TOTAL_TIMEOUT_MS,
      signal,
    });
    const httpStatus = reply.statusCode ?? 0;
    leave(reply);
    return httpStatus === 200 ? { kind: 'delivered', httpStatus } : { kind: 'refused', httpStatus };
  } catch (error) {
    if (isForbidden(error)) return { kind: 'failed', reason: 'forbiddenAddress' };
    return { kind: 'failed', reason: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

/**
 * The address is checked where the connection is made, so a name that leads elsewhere the second time gains nothing.
 * @throws ForbiddenAddress
 */
function agentFor(url: URL, allowed: CallbackAllowList): http.Agent {
  const options = { keepAlive: false, ...guardFor(destinationOf(url), allowed) };
  return url.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
}

/** The head said everything: of what follows a little is read, nothing is waited for, and how it ends is nobody's business. */
function leave(reply: http.IncomingMessage): void {
  let read = 0;
  reply.on('error', () => undefined);
  reply.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read >= MAX_REPLY_BYTES) reply.destroy();
  });
}

/** Before anything was looked up, or by what was found. */
function isForbidden(error: unknown): boolean {
  return error instanceof ForbiddenAddress || (error instanceof NotSent && error.cause instanceof ForbiddenAddress);
}
