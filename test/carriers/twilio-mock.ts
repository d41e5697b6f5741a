// A server in Twilio's place: holds every request against its description, and accepts, refuses or loses it as it is told.
import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { measureMessage } from '../../domain/parts.ts';
import { type AsVendor, asVendor, type Made, type Vendor } from './twilio-callbacks.ts';
import { type Asked, readDescription } from './twilio-description.ts';
import { readTwiml } from './twiml.ts';

/**
 * What it does with the next message or call. `busy`: its queue is full; `inside`: it accepts, and answers 500; `swallow`: the
 * request gets lost, and no answer comes.
 */
export type Behaviour =
  | 'accept'
  | 'busy'
  | 'throttle'
  | 'loseAnswer'
  | 'drop'
  | 'inside'
  | 'swallow'
  | { readonly refuse: number; readonly status?: number };

export interface TwilioMock extends AsVendor {
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** Everything it made, the oldest first. */
  readonly made: readonly Made[];
  /** The messages whose codes were typed. */
  readonly confirmed: readonly string[];
  /** Every request, with what was wrong with it. */
  readonly asked: readonly (Asked & { readonly problems: readonly string[] })[];
  /** What it does with the next ones, then it accepts. */
  does(...behaviours: Behaviour[]): void;
  /** Lists something as if somebody else had made it. */
  add(kind: Made['kind'], form: Record<string, string>, createdAt?: Date): Made;
  stop(): Promise<void>;
}

export interface TwilioMockOptions {
  /** The one of a key, where the carrier asks with one. */
  readonly apiKey?: { readonly sid: string; readonly secret: string };
  /** Asks us, in place of `fetch`. */
  readonly ask?: Vendor['ask'];
}

/** As the documentation says, and the description only in words. */
const isTooLong = (validity: string | null) =>
  validity !== null && !(Number(validity) >= 1 && Number(validity) <= 36_000);

const description = readDescription();
const hex = () => randomBytes(16).toString('hex');

export async function startTwilio({ apiKey, ask = fetch }: TwilioMockOptions = {}): Promise<TwilioMock> {
  const [accountSid, authToken] = [`AC${hex()}`, hex()];
  const credentials = apiKey ? `${apiKey.sid}:${apiKey.secret}` : `${accountSid}:${authToken}`;
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const [made, confirmed, next]: [Made[], string[], Behaviour[]] = [[], [], []];
  const asked: (Asked & { problems: readonly string[] })[] = [];

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://twilio');
    const seen: Asked = {
      method: request.method ?? '',
      path,
      query,
      form: new URLSearchParams(String(Buffer.concat(chunks))),
    };
    const problems = description.problemsOf(seen);
    asked.push({ ...seen, problems });
    if (request.headers.authorization !== authorization) refuse(response, 401, 20003);
    else if (problems.length > 0) refuse(response, 400, 20001);
    else serve(seen, response);
  });

  function serve(seen: Asked, response: ServerResponse): void {
    const { path } = seen;
    const [resource = '', sid = ''] = path.split('/').slice(4);
    const kind = resource.startsWith('Calls') ? 'call' : 'message';
    if (seen.method === 'GET') answer(seen, response, 200, list(kind, seen));
    else if (sid === '') take(kind, seen, response);
    else {
      confirmed.push(sid);
      answer(seen, response, 200, {
        account_sid: accountSid,
        message_sid: sid,
        outcome: seen.form.get('Outcome'),
      });
    }
  }

  function take(kind: Made['kind'], seen: Asked, response: ServerResponse): void {
    const behaviour = next.shift() ?? 'accept';
    if (typeof behaviour === 'object') refuse(response, behaviour.status ?? 400, behaviour.refuse);
    else if (behaviour === 'busy') refuse(response, 400, kind === 'call' ? 22005 : 21611);
    else if (isTooLong(seen.form.get('ValidityPeriod'))) refuse(response, 400, 21624);
    else if (behaviour === 'throttle') refuse(response, 429, 20429, { 'Retry-After': '2' });
    else if (behaviour !== 'swallow') make(behaviour, kind, seen, response);
  }

  function make(behaviour: Behaviour, kind: Made['kind'], seen: Asked, response: ServerResponse): void {
    const one = add(kind, seen.form);
    if (behaviour === 'drop') response.destroy();
    else if (behaviour === 'inside') refuse(response, 500, 20500);
    else if (behaviour === 'accept') answer(seen, response, 201, resourceOf(one));
  }

  function add(kind: Made['kind'], form: URLSearchParams, createdAt = new Date()): Made {
    const one: Made = { sid: `${kind === 'call' ? 'CA' : 'SM'}${hex()}`, kind, form, createdAt, status: 'queued' };
    const twiml = form.get('Twiml');
    if (twiml !== null) {
      if (twiml.length > 4000) throw new Error('more TwiML than Twilio takes');
      readTwiml(twiml);
      one.twiml = twiml;
    }
    made.push(one);
    return one;
  }

  function resourceOf({ sid, kind, form, createdAt, status }: Made): Record<string, unknown> {
    const at = createdAt.toUTCString().replace('GMT', '+0000');
    const both = { sid, account_sid: accountSid, to: form.get('To'), from: form.get('From'), status, date_created: at };
    const shared = { ...both, date_updated: at, direction: 'outbound-api', price: null, price_unit: null };
    if (kind === 'call') return { ...shared, start_time: null, end_time: null };
    const service = form.get('MessagingServiceSid');
    // With a Messaging Service it cuts later, and says so by a zero.
    const segments = service === null ? measureMessage([{ text: form.get('Body') ?? '' }], 6).parts : 0;
    const message = { body: form.get('Body'), num_segments: String(segments), num_media: '0', date_sent: null };
    return { ...shared, ...message, messaging_service_sid: service, error_code: null, error_message: null };
  }

  function list(kind: Made['kind'], { path, query }: Asked): Record<string, unknown> {
    const size = Number(query.get('PageSize') ?? 50);
    const all = made.filter((each) => each.kind === kind && each.form.get('To') === query.get('To')).reverse();
    // Twilio's own are paths alone, which its description does not allow.
    const uri = `https://api.twilio.com${path}`;
    const page = Number(query.get('Page') ?? 0);
    const [start, end] = [page * size, Math.min((page + 1) * size, all.length)];
    const next = new URLSearchParams(query);
    next.set('Page', String(page + 1));
    const next_page_uri = all.length > end ? `${uri}?${next}` : null;
    return {
      page,
      page_size: size,
      start,
      end,
      uri,
      next_page_uri,
      [`${kind}s`]: all.slice(start, end).map(resourceOf),
    };
  }

  function answer(seen: Asked, response: ServerResponse, status: number, body: unknown): void {
    const problems = description.problemsOfAnswer(seen, status, body);
    if (problems.length > 0) throw new Error(`The mock answers what Twilio does not: ${problems}`);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }

  function refuse(response: ServerResponse, status: number, code: number, headers: Record<string, string> = {}): void {
    const more = {
      message: 'nothing that anybody should repeat',
      more_info: `https://www.twilio.com/docs/errors/${code}`,
    };
    response
      .writeHead(status, { 'Content-Type': 'application/json', ...headers })
      .end(JSON.stringify({ code, status, ...more }));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accountSid,
    authToken,
    made,
    confirmed,
    asked,
    does: (...behaviours) => void next.push(...behaviours),
    add: (kind, form, createdAt) => add(kind, new URLSearchParams(form), createdAt),
    ...asVendor({ accountSid, authToken, made, ask }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
