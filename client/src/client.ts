// The client: one method per operation, each with a token, with retries where they are safe, and with typed errors.
import createClient, { type Client } from 'openapi-fetch';
import { TwostepError } from './errors.ts';
import type { paths } from './schema.ts';
import { type RetryOptions, sendWithRetries } from './send.ts';
import { type Credentials, tokenSource } from './tokens.ts';
import type * as types from './types.ts';

export interface TwostepOptions extends Credentials, RetryOptions {
  /** Where the service is, such as `http://localhost:3000`. */
  readonly baseUrl: string;
  /** Takes the place of the platform's `fetch`. */
  readonly fetch?: typeof fetch;
}

export interface Keyed {
  /** What makes a repeat the same request; drawn unless given. Give your own where your process may die in between. */
  readonly idempotencyKey?: string;
}

type Result<T> = { data?: T; error?: unknown; response: Response };

export class Twostep {
  /** Every operation by its path, for what the methods below leave out. */
  readonly http: Client<paths>;

  constructor({ baseUrl, fetch: fetchOnce = fetch, ...options }: TwostepOptions) {
    const url = baseUrl.replace(/\/+$/, '');
    const send = sendWithRetries(fetchOnce, options);
    const tokens = tokenSource(url, options, send);
    const authorised = async (request: Request): Promise<Response> => {
      const token = await tokens.token();
      const answer = await send(withToken(request, token));
      if (answer.status !== 401) return answer;
      // Refused before anything happened: revoked, or of keys that are no more. A new token may do.
      tokens.refused(token);
      return await send(withToken(request, await tokens.token()));
    };
    this.http = createClient<paths>({ baseUrl: url, fetch: authorised });
  }

  /** Sends a code. What the same key started before is not started again. */
  async start(fields: types.StartFields, keyed?: Keyed): Promise<types.Verification> {
    return take(await this.http.POST('/2step', { params: { header: keyOf(keyed) }, body: fields }));
  }

  /**
   * Judges what the person typed; resolves when it is right.
   * @throws TwostepError `400011005` wrong, `400011004` wrong and the last try, `400011003` expired, `400011002` not pending.
   */
  async confirm(trackingId: string, answer: string | number, keyed?: Keyed): Promise<types.Verification> {
    const params = { path: { trackingId }, header: keyOf(keyed) };
    return take(await this.http.POST('/2step/{trackingId}', { params, body: { answer } }));
  }

  async status(trackingId: string): Promise<types.Verification> {
    return take(await this.http.GET('/2step/{trackingId}', { params: { path: { trackingId } } }));
  }

  async cancel(trackingId: string): Promise<types.Verification> {
    return take(await this.http.DELETE('/2step/{trackingId}', { params: { path: { trackingId } } }));
  }

  /** Sends the same code once more. @throws TwostepError `429000000` too soon, with `retryAfterSeconds`. */
  async resend(
    trackingId: string,
    { method, ...keyed }: Keyed & { method?: types.Method } = {},
  ): Promise<types.Verification> {
    const params = { path: { trackingId }, header: keyOf(keyed) };
    return take(await this.http.POST('/2step/{trackingId}/resend', { params, body: method ? { method } : {} }));
  }

  async timeline(trackingId: string): Promise<types.Timeline> {
    return take(await this.http.GET('/2step/{trackingId}/timeline', { params: { path: { trackingId } } }));
  }

  async balance(): Promise<types.Balance> {
    return take(await this.http.GET('/accounts/me/balance'));
  }

  async ledger(query: types.Page = {}): Promise<types.Ledger> {
    return take(await this.http.GET('/accounts/me/ledger', { params: { query } }));
  }

  async transactions(query: types.PageOfPeriod = {}): Promise<types.Transactions> {
    return take(await this.http.GET('/accounts/me/transactions', { params: { query } }));
  }

  async prices(query: types.PriceQuery = {}): Promise<types.Prices> {
    return take(await this.http.GET('/system/prices', { params: { query } }));
  }

  async report(query: types.Period = {}): Promise<types.Report> {
    return take(await this.http.GET('/2step/reports', { params: { query } }));
  }

  async applicationReport(applicationId: string, query: types.Period = {}): Promise<types.ApplicationReport> {
    const params = { path: { applicationId }, query };
    return take(await this.http.GET('/2step/reports/applications/{applicationId}', { params }));
  }

  /** What a phone would show, newest first; only where the service has a sandbox. */
  async sandboxMessages(recipient: string): Promise<types.SandboxMessage[]> {
    return take(await this.http.GET('/sandbox/messages', { params: { query: { recipient } } }));
  }
}

function withToken(request: Request, token: string): Request {
  const copy = new Request(request.clone());
  copy.headers.set('Authorization', `Bearer ${token}`);
  return copy;
}

function keyOf({ idempotencyKey = crypto.randomUUID() }: Keyed = {}) {
  return { 'Idempotency-Key': idempotencyKey };
}

function take<T>({ data, error, response }: Result<T>): T {
  if (data === undefined) throw new TwostepError(response, error);
  return data;
}
