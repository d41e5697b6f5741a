// One guarded POST to a URL a customer chose: no private addresses, no redirects, two seconds, a bounded reply.
import http from 'node:http';
import https from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import type { CallbackOutcome } from '../domain/callback-schedule.ts';
import { type CallbackAllowList, callbackUrlProblem, hostAndPort } from '../domain/callback-url.ts';
import { ForbiddenAddress, isForbiddenHost } from '../egress/addresses.ts';
import { lookUpPublic } from '../egress/look-up.ts';

/** From the look-up of the name to the last byte read, in milliseconds. */
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
  if (isForbiddenHost(url.hostname) && !allowed.includes(hostAndPort(url))) {
    return { kind: 'failed', reason: 'forbiddenAddress' };
  }
  const signal = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
  const agent = agentFor(url, allowed);
  try {
    const httpStatus = await exchange(url, agent, headers, body, signal);
    return httpStatus === 200 ? { kind: 'delivered', httpStatus } : { kind: 'refused', httpStatus };
  } catch (error) {
    if (signal.aborted) return { kind: 'failed', reason: 'timeout' };
    return { kind: 'failed', reason: isForbidden(error) ? 'forbiddenAddress' : 'unreachable' };
  } finally {
    agent.destroy();
  }
}

/** The address is checked where the connection is made, so a name that leads elsewhere the second time gains nothing. */
function agentFor(url: URL, allowed: CallbackAllowList): http.Agent {
  const secure = url.protocol === 'https:';
  // One that the operator allows may be known to this machine alone.
  if (allowed.includes(hostAndPort(url))) return secure ? new https.Agent() : new http.Agent();
  const options = { keepAlive: false, lookup: lookUpPublic };
  return secure ? new RequestFilteringHttpsAgent(options) : new RequestFilteringHttpAgent(options);
}

function exchange(
  url: URL,
  agent: http.Agent,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const length = String(Buffer.byteLength(body));
    const allHeaders = {
      ...headers,
      'Content-Type': 'application/json',
      'Content-Length': length,
      'User-Agent': 'Twostep',
    };
    const asked = request(url, { method: 'POST', agent, signal, headers: allHeaders }, (reply) => {
      let read = 0;
      const done = () => {
        resolve(reply.statusCode ?? 0);
        reply.destroy();
      };
      reply.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read >= MAX_REPLY_BYTES) done();
      });
      reply.on('end', done);
      reply.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

function isForbidden(error: unknown): boolean {
  return (
    error instanceof Error && (error instanceof ForbiddenAddress || /is not allowed\. Because/.test(error.message))
  );
}
