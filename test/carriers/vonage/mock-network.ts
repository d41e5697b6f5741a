// How the Vonage of the tests answers: who may ask, what is in order, and what becomes of it.
import { createPublicKey, randomBytes, randomUUID } from 'node:crypto';
import { jwtVerify } from 'jose';
import calculator from 'sms-segments-calculator';
import { splitMessage } from '../../../domain/parts.ts';
import { account } from './account.ts';
import type { Described } from './description.ts';
import type { SentSms } from './mock-reports.ts';

/** What becomes of a request that is in order; `silence` and `drop` accept, and never say so. */
export type Behaviour =
  | 'accept'
  | 'silence'
  | 'drop'
  /** A status of the SMS API, for each part or for the last alone. */
  | { readonly status: string; readonly lastPartOnly?: boolean }
  /** A problem of the JSON APIs, or plain HTTP. */
  | { readonly http: number; readonly code?: string; readonly retryAfter?: number }
  /** Accepts, and answers with this in place of JSON. */
  | { readonly text: string };

export interface MockRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly authorization: string;
  readonly type: string;
  readonly text: string;
}

export interface MockAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly behaviour?: Behaviour;
}

export interface Conversion {
  readonly kind: string;
  readonly messageId: string;
}

export interface Network {
  /** Of the account, where it is not the one the carrier knows. */
  readonly apiSecret?: string | undefined;
  /** What the application's tokens are checked with. */
  readonly publicKey?: string | undefined;
  /** Looks whether it is as described. */
  check(what: Described, value: unknown): void;
  /** How the next request goes. */
  behaviour(): Behaviour;
  accepted(message: SentSms): void;
  called(uuid: string, body: object): void;
  converted(conversion: Conversion): void;
}

/** Answers one request. */
export function vonageNetwork(network: Network) {
  const { apiSecret = account.apiSecret, publicKey = account.publicKey } = network;
  const basic = `Basic ${Buffer.from(`${account.apiKey}:${apiSecret}`).toString('base64')}`;
  const key = createPublicKey(publicKey);

  const handlers: Readonly<Record<string, (request: MockRequest) => MockAnswer>> = {
    '/sms/json': sms,
    '/v1/messages': message,
    '/v1/calls': call,
    '/conversions/sms': conversion,
    '/conversions/voice': conversion,
  };

  return async function answer(request: MockRequest): Promise<MockAnswer> {
    const { method, path, authorization, type } = request;
    const handler = method === 'POST' ? handlers[path] : undefined;
    if (!handler) return problem({ http: 404 });
    const byAccount = authorization === basic;
    if (path === '/sms/json') return byAccount ? sms(request) : refusedParts('4', 1);
    const calls = path === '/v1/calls';
    if (calls || !byAccount) {
      const mayHaveToken = calls || path === '/v1/messages';
      if (!mayHaveToken || !(await isOfApplication(authorization))) return problem({ http: 401 });
    }
    if (path.startsWith('/v1/') && type !== 'application/json') return problem({ http: 415 });
    return handler(request);
  };

  async function isOfApplication(authorization: string): Promise<boolean> {
    try {
      const token = authorization.replace(/^Bearer /, '');
      const { payload } = await jwtVerify(token, key, { algorithms: ['RS256'], requiredClaims: ['jti', 'iat', 'exp'] });
      return payload.application_id === account.applicationId;
    } catch {
      return false;
    }
  }

  function sms({ type, text: form }: MockRequest): MockAnswer {
    const fields = Object.fromEntries(new URLSearchParams(form));
    if (type !== 'application/x-www-form-urlencoded') return refusedParts('2', 1);
    network.check('sms/request', fields);
    const { to = '', text = '', 'client-ref': reference } = fields;
    const right = new calculator.SegmentedMessage(text).encodingName === 'UCS-2' ? 'unicode' : 'text';
    if (fields.type !== right) network.check('sms/request', { ...fields, type: `not ${right}` });
    const behaviour = network.behaviour();
    const count = splitMessage(text).parts.length;
    if (isProblem(behaviour)) return problem(behaviour);
    const refused = typeof behaviour === 'object' && 'status' in behaviour ? behaviour : undefined;
    if (refused && !refused.lastPartOnly) return refusedParts(refused.status, count);
    const messageIds = Array.from({ length: count }, () => randomBytes(8).toString('hex').toUpperCase());
    const messages = messageIds.map((id) => ({
      to,
      'message-id': id,
      status: '0',
      'remaining-balance': '15.53590000',
      'message-price': '0.03330000',
      network: '20201',
      'client-ref': reference,
    }));
    network.accepted({ api: 'sms', fields, to, text, messageIds });
    const body = { 'message-count': String(count), messages };
    network.check('sms/accepted', body);
    if (!refused) return { status: 200, body, behaviour };
    const last = { status: refused.status, 'error-text': 'No' };
    return { status: 200, body: { ...body, messages: [...messages.slice(1), last] } };
  }

  function message({ text: json }: MockRequest): MockAnswer {
    const fields = JSON.parse(json);
    network.check('messages/request', fields);
    const behaviour = network.behaviour();
    if (isProblem(behaviour)) return problem(behaviour);
    const body = { message_uuid: randomUUID() };
    network.check('messages/accepted', body);
    const { to, text } = fields;
    network.accepted({ api: 'messages', fields, to, text, messageIds: [body.message_uuid] });
    return { status: 202, body, behaviour };
  }

  function call({ text: json }: MockRequest): MockAnswer {
    const fields = JSON.parse(json);
    network.check('voice/request', fields);
    network.check('ncco', fields.ncco);
    const behaviour = network.behaviour();
    if (isProblem(behaviour)) return problem(behaviour);
    const uuid = randomUUID();
    const body = { uuid, status: 'started', direction: 'outbound', conversation_uuid: `CON-${randomUUID()}` };
    network.check('voice/accepted', body);
    network.called(uuid, fields);
    return { status: 201, body, behaviour };
  }

  function conversion({ path, query }: MockRequest): MockAnswer {
    network.check('conversion/query', query);
    const behaviour = network.behaviour();
    if (isProblem(behaviour)) return problem(behaviour);
    network.converted({ kind: path.replace('/conversions/', ''), messageId: query['message-id'] ?? '' });
    return { status: 200, behaviour };
  }

  function problem({ http, code = 'generic', retryAfter }: Problem): MockAnswer {
    const type = `https://developer.vonage.com/api-errors/messages#${code}`;
    const body = { type, title: 'No', detail: 'No, and why', instance: randomUUID() };
    network.check('messages/problem', body);
    return { status: http, body, ...(retryAfter !== undefined && { headers: { 'Retry-After': String(retryAfter) } }) };
  }

  function refusedParts(status: string, count: number): MockAnswer {
    const messages = Array.from({ length: count }, () => ({ status, 'error-text': 'No' }));
    const body = { 'message-count': String(count), messages };
    network.check('sms/refused', body);
    return { status: 200, body };
  }
}

type Problem = Extract<Behaviour, { http: number }>;

const isProblem = (behaviour: Behaviour): behaviour is Problem => typeof behaviour === 'object' && 'http' in behaviour;
