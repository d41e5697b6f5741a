// One request to a carrier's API: bounded in time and size, no redirects followed, and never a doubt whether it left.
import { ForbiddenAddress } from '../egress/addresses.ts';
import { createAgents } from '../egress/agents.ts';
import type { AllowedHosts } from '../egress/allowed-hosts.ts';
import { exchange, NO_CONNECTION_IN_TIME, NotSent } from '../egress/exchange.ts';
import { readAnswer } from './answer-body.ts';
import { CarrierFault, CarrierOutcomeUnknown } from './carrier.ts';
import { NOT_PUBLIC } from './host-settings.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the look-up of the name to the last byte of the answer; 10 s unless told otherwise. */
  readonly timeoutMs?: number;
}

/** Whatever the status is, redirects too. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Asks once.
 * @throws CarrierFault where the request surely never left, CarrierOutcomeUnknown where it may have; neither holds a number, a
 * text, a secret or a URL
 */
export type AskHttp = (request: HttpRequest) => Promise<HttpAnswer>;

const TIMEOUT_MS = 10_000;
/** A host that is there answers sooner; one that is not would use up the time that its message has. */
const CONNECT_MS = 3_000;

/** By the code of what kept a connection from standing; whatever is not here is no connection all the same. */
const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not found',
  EAI_AGAIN: 'its name cannot be looked up',
  ECONNREFUSED: 'it refuses connections',
  EHOSTUNREACH: 'it cannot be reached',
  ENETUNREACH: 'it cannot be reached',
  ERR_INVALID_URL: 'its address is no URL',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  [NO_CONNECTION_IN_TIME]: 'no connection came about in time',
  FORBIDDEN_ADDRESS: NOT_PUBLIC,
};

/** Asks by connections of its own. @param allowed where they may lead beside the public internet */
export function createAskHttp(allowed: AllowedHosts): AskHttp {
  const agentFor = createAgents(allowed);
  return async ({ method, url, headers = {}, body, timeoutMs = TIMEOUT_MS }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const target = urlOf(url);
      const answer = await exchange(target, agentFor(target), {
        method,
        headers: {
          'User-Agent': 'Twostep',
          Accept: '*/*',
          ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
        body,
        connectMs: CONNECT_MS,
        signal,
      });
      return { status: answer.statusCode ?? 0, headers: headersOf(answer.headers), text: await readAnswer(answer) };
    } catch (error) {
      if (error instanceof NotSent || error instanceof ForbiddenAddress) throw new CarrierFault(reasonFor(error.code));
      throw new CarrierOutcomeUnknown(
        signal.aborted ? 'the carrier did not answer in time' : 'the connection ended before the carrier answered',
      );
    }
  };
}

/** Asks wherever a URL leads. */
export const httpRequest: AskHttp = createAskHttp('anywhere');

function urlOf(text: string): URL {
  if (!URL.canParse(text)) throw new NotSent('ERR_INVALID_URL');
  return new URL(text);
}

function reasonFor(code: string): string {
  if (/^(CERT_|ERR_TLS_CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_)/.test(code)) {
    return 'its certificate is not accepted';
  }
  if (/ALERT|^ERR_SSL_/.test(code) && !Object.hasOwn(reasons, code)) return 'TLS with it does not come about';
  return (Object.hasOwn(reasons, code) && reasons[code]) || 'no connection to it comes about';
}

function headersOf(given: Readonly<Record<string, string | readonly string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    for (const each of [value ?? []].flat()) {
      try {
        headers.append(name, each);
      } catch {
        // What is no header to the platform is none that anything here asks for.
      }
    }
  }
  return headers;
}
