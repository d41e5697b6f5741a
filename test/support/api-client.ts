// A plain HTTP client of the public API, as an application would write it.
import { randomUUID } from 'node:crypto';
import { publicDocument } from '../../api/openapi/public-document.ts';
import { publicOperations } from '../../api/routes.ts';
import { type SandboxMessage, Twostep } from '../../client/src/index.ts';
import type { TimelineEvent } from '../../domain/timeline.ts';
import { eventually } from './eventually.ts';
import { answerCheck } from './openapi.ts';

export interface ApiAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
  readonly headers: Headers;
}

export class ApiClient {
  readonly #url: string;
  readonly #basic: string;
  /** The client applications are given, for what is asked as it asks; it shows every refusal and repeats nothing. */
  readonly client: Twostep;
  #token: Promise<string> | undefined;

  constructor(url: string, applicationId: string, applicationSecret: string) {
    this.#url = url;
    this.client = new Twostep({ baseUrl: url, applicationId, applicationSecret, fetch: documentedFetch, retries: 0 });
    this.#basic = Buffer.from(`${applicationId}:${applicationSecret}`).toString('base64');
  }

  /** Another application's client, of the same API. */
  as({ applicationId, applicationSecret }: { applicationId: string; applicationSecret: string }): ApiClient {
    return new ApiClient(this.#url, applicationId, applicationSecret);
  }

  /** A request with the token; `init` as for fetch. */
  async request(method: string, path: string, init: RequestInit = {}): Promise<ApiAnswer> {
    this.#token ??= this.#authorise();
    const headers = { Authorization: `Bearer ${await this.#token}`, ...(init.headers as Record<string, string>) };
    return await send(`${this.#url}${path}`, { ...init, method, headers });
  }

  json(method: string, path: string, body: unknown): Promise<ApiAnswer> {
    const headers = { 'Content-Type': 'application/json' };
    return this.request(method, path, { headers, body: JSON.stringify(body) });
  }

  start(fields: Record<string, unknown> = {}): Promise<ApiAnswer> {
    return this.json('POST', '/2step', { method: 'sms', recipient: '+306948530920', ...fields });
  }

  /** Starts and insists on success. */
  async open(fields: Record<string, unknown> = {}): Promise<string> {
    const { status, body } = await this.start(fields);
    if (status !== 200) throw new Error(`The start was answered ${status}: ${JSON.stringify(body)}`);
    return body.trackingId;
  }

  confirm(trackingId: string, answer: string | number): Promise<ApiAnswer> {
    return this.request('POST', `/2step/${trackingId}`, { body: new URLSearchParams({ answer: String(answer) }) });
  }

  /** Confirms, and asks again under its key while told 503, as the contract asks callers to: it is one answer all the same. */
  async confirmPatiently(trackingId: string, answer: string | number): Promise<ApiAnswer> {
    const headers = { 'Idempotency-Key': randomUUID() };
    return await eventually('a verdict', async () => {
      const body = new URLSearchParams({ answer: String(answer) });
      const told = await this.request('POST', `/2step/${trackingId}`, { headers, body });
      return told.status !== 503 && told;
    });
  }

  status(trackingId: string): Promise<ApiAnswer> {
    return this.request('GET', `/2step/${trackingId}`);
  }

  cancel(trackingId: string): Promise<ApiAnswer> {
    return this.request('DELETE', `/2step/${trackingId}`);
  }

  async balance(): Promise<number> {
    return (await this.client.balance()).balance;
  }

  messages(recipient: string): Promise<SandboxMessage[]> {
    return this.client.sandboxMessages(recipient);
  }

  /** The messages of one verification, oldest first, once there is at least one. */
  async delivered(trackingId: string, recipient = '+306948530920'): Promise<SandboxMessage[]> {
    return await eventually('a message is delivered', async () => {
      const found = (await this.messages(recipient)).filter((message) => message.trackingId === trackingId);
      return found.length > 0 && found.reverse();
    });
  }

  /**
   * Waits until the timeline tells the event so many times. What the carrier says comes beside what the caller does: a test
   * that counts on an order, or writes into the projection itself, waits for `charged` first.
   */
  async happened(trackingId: string, event: TimelineEvent['event'], times = 1): Promise<void> {
    await eventually(`${event} ${times} times in the timeline`, async () => {
      const { body } = await this.request('GET', `/2step/${trackingId}/timeline`);
      return body.events.filter((each: { event: string }) => each.event === event).length === times;
    });
  }

  /** The code a phone would show. */
  async code(trackingId: string, recipient?: string): Promise<string> {
    const [message] = await this.delivered(trackingId, recipient);
    const [code] = /\d{4,10}/.exec(message?.text ?? '') ?? [];
    if (code === undefined) throw new Error('The message holds no code');
    return code;
  }

  async #authorise(): Promise<string> {
    const { status, body } = await send(`${this.#url}/oauth/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${this.#basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    if (status !== 200) throw new Error(`No token: ${status} ${JSON.stringify(body)}`);
    return body.access_token;
  }
}

const checkAnswer = answerCheck(publicDocument(publicOperations({ sandbox: true }), { closed: true }));

/** A request without any help. */
export async function send(url: string, init: RequestInit): Promise<ApiAnswer> {
  const answer = await documentedFetch(url, init);
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), headers: answer.headers };
}

/** What holds every answer against the document, whoever asked. */
async function documentedFetch(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const answer = await fetch(input, init);
  const { url, method } = input instanceof Request ? input : { url: String(input), method: init?.method ?? 'GET' };
  const text = await answer.clone().text();
  const body = text === '' ? undefined : JSON.parse(text);
  checkAnswer({ method, path: new URL(url).pathname, status: answer.status, headers: answer.headers, body });
  return answer;
}

/** A code that is surely wrong. */
export function wrongCode(code: string): string {
  return String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');
}
