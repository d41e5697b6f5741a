// One request to a carrier's API: bounded in time and size, no redirects followed, and never a doubt whether it left.
import { CarrierFault, CarrierOutcomeUnknown } from './carrier.ts';

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

const TIMEOUT_MS = 10_000;
/** Read at most of an answer; what comes after is cut off. */
export const MAX_ANSWER_BYTES = 262_144;

/** Codes of failures before anything was written: of Node's resolver, sockets and TLS, and of its fetch. */
const neverLeft: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not found',
  EAI_AGAIN: 'its name cannot be looked up',
  ECONNREFUSED: 'it refuses connections',
  EHOSTUNREACH: 'it cannot be reached',
  ENETUNREACH: 'it cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about in time',
  ERR_INVALID_URL: 'its address is no URL',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
};

/**
 * Asks once.
 * @throws CarrierFault where the request surely never left, CarrierOutcomeUnknown where it may have; neither holds a number, a
 * text, a secret or a URL
 */
export async function httpRequest({
  method,
  url,
  headers = {},
  body,
  timeoutMs = TIMEOUT_MS,
}: HttpRequest): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(url, {
      method,
      headers: { 'User-Agent': 'Twostep', ...headers },
      redirect: 'manual',
      signal,
      ...(body !== undefined && { body }),
    });
    return { status: answer.status, headers: answer.headers, text: await textOf(answer) };
  } catch (error) {
    const reason = reasonItNeverLeft(error);
    if (reason !== undefined) throw new CarrierFault(reason);
    throw new CarrierOutcomeUnknown(
      signal.aborted ? 'the carrier did not answer in time' : 'the connection ended before the carrier answered',
    );
  }
}

/** Why nothing was sent; undefined where that is not certain. */
function reasonItNeverLeft(error: unknown): string | undefined {
  for (const each of causesOf(error)) {
    const code = (each as { code?: unknown }).code;
    if (typeof code !== 'string') continue;
    if (Object.hasOwn(neverLeft, code)) return neverLeft[code];
    // Certificates are checked before the first byte of the request.
    if (/^(CERT_|ERR_TLS_CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/.test(code)) {
      return 'its certificate is not accepted';
    }
  }
  return undefined;
}

/** The error and what it came from; of a name with several addresses, the failure of each. */
function causesOf(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const several = error instanceof AggregateError ? error.errors : [];
  return [error, ...[error.cause, ...several].flatMap((each) => causesOf(each, depth + 1))];
}

async function textOf(answer: Response): Promise<string> {
  if (!answer.body) return '';
  const decoder = new TextDecoder();
  let [text, read] = ['', 0];
  for await (const chunk of answer.body) {
    const part = (chunk as Uint8Array).subarray(0, MAX_ANSWER_BYTES - read);
    text += decoder.decode(part, { stream: true });
    read += part.length;
    if (read >= MAX_ANSWER_BYTES) break;
  }
  return text + decoder.decode();
}
