// A plain HTTP client of the public API, as an application would write it.

export interface ApiAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
  readonly headers: Headers;
}

export interface SandboxMessage {
  readonly trackingId: string;
  readonly recipient: string;
  readonly originator: string;
  readonly method: string;
  readonly text: string;
  /** Of a call. */
  readonly language?: string;
  readonly sentAt: string;
}

export class ApiClient {
  readonly #url: string;
  readonly #basic: string;
  #token: Promise<string> | undefined;

  constructor(url: string, applicationId: string, applicationSecret: string) {
    this.#url = url;
    this.#basic = Buffer.from(`${applicationId}:${applicationSecret}`).toString('base64');
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

  status(trackingId: string): Promise<ApiAnswer> {
    return this.request('GET', `/2step/${trackingId}`);
  }

  cancel(trackingId: string): Promise<ApiAnswer> {
    return this.request('DELETE', `/2step/${trackingId}`);
  }

  async balance(): Promise<number> {
    return (await this.request('GET', '/accounts/me/balance')).body.balance;
  }

  async messages(recipient: string): Promise<SandboxMessage[]> {
    return (await this.request('GET', `/sandbox/messages?recipient=${encodeURIComponent(recipient)}`)).body;
  }

  /** The messages of one verification, oldest first, once there is at least one. */
  async delivered(trackingId: string, recipient = '+306948530920'): Promise<SandboxMessage[]> {
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline) {
      const found = (await this.messages(recipient)).filter((message) => message.trackingId === trackingId);
      if (found.length > 0) return found.reverse();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('No message was delivered within 30 s');
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

/** A request without any help. */
export async function send(url: string, init: RequestInit): Promise<ApiAnswer> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), headers: answer.headers };
}

/** A code that is surely wrong. */
export function wrongCode(code: string): string {
  return String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');
}
