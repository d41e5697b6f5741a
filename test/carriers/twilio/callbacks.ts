// What Twilio asks of us: reports of messages and calls, and what to say in a call, in requests signed under the auth token.
import { createHmac } from 'node:crypto';
import { actionOf, readTwiml, type Verb } from './twiml.ts';

/** A message or a call it made. */
export interface Made {
  readonly sid: string;
  readonly kind: 'message' | 'call';
  /** As it was asked for. */
  readonly form: URLSearchParams;
  readonly createdAt: Date;
  readonly status: string;
  /** Of a call: what it was told last. */
  twiml?: string;
}

export interface VendorAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export interface AsVendor {
  /** Reports to the StatusCallback; undefined where none was asked for. */
  report(sid: string, fields: Readonly<Record<string, string>>): Promise<VendorAnswer | undefined>;
  /** Somebody, or something, answers the phone. */
  answer(sid: string, answeredBy?: string): Promise<readonly Verb[]>;
  /** A key is pressed where one is asked for. */
  press(sid: string, key?: string): Promise<readonly Verb[]>;
}

export interface Vendor {
  readonly accountSid: string;
  readonly authToken: string;
  readonly made: readonly Made[];
  /** Asks a URL of ours, which the request is signed over. */
  ask(url: string, init: { method: string; headers: Record<string, string>; body: URLSearchParams }): Promise<Response>;
}

/** As Twilio's documentation says: the URL, then each name and value of the form by name. */
export function signed(authToken: string, given: string, form: URLSearchParams): string {
  // What is behind the # stays with Twilio.
  const url = given.replace(/#.*$/s, '');
  const names = [...new Set(form.keys())].sort();
  const text = names.reduce((all, name) => `${all}${name}${form.get(name)}`, url);
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}

export function asVendor({ accountSid, authToken, made, ask: askUs }: Vendor): AsVendor {
  const find = (sid: string) => made.find((each) => each.sid === sid) ?? fail(`${sid} was never made`);

  async function request(
    url: string,
    { sid, kind, form }: Made,
    fields: Readonly<Record<string, string>>,
  ): Promise<VendorAnswer> {
    const name = kind === 'call' ? 'CallSid' : 'MessageSid';
    const both = { AccountSid: accountSid, [name]: sid, To: form.get('To') ?? '', From: form.get('From') ?? '' };
    const body = new URLSearchParams({ ApiVersion: '2010-04-01', ...both, ...fields });
    const headers = { 'X-Twilio-Signature': signed(authToken, url, body) };
    const got = await askUs(url, { method: 'POST', headers, body });
    return { status: got.status, type: got.headers.get('content-type') ?? '', text: await got.text() };
  }

  /** Asks what to say, and goes on with that. */
  async function ask(url: string, call: Made, fields: Readonly<Record<string, string>>): Promise<readonly Verb[]> {
    const got = await request(url, call, { CallStatus: 'in-progress', Direction: 'outbound-api', ...fields });
    if (got.status !== 200 || !/^(text|application)\/xml\b/.test(got.type))
      fail(`${got.status} ${got.type}: ${got.text}`);
    call.twiml = got.text;
    return readTwiml(got.text);
  }

  return {
    async report(sid, fields) {
      const one = find(sid);
      const url = one.form.get('StatusCallback');
      return url === null ? undefined : await request(url, one, fields);
    },
    async answer(sid, answeredBy) {
      const call = find(sid);
      const url = call.form.get('Url');
      if (url !== null) return await ask(url, call, answeredBy === undefined ? {} : { AnsweredBy: answeredBy });
      return readTwiml(call.twiml ?? fail('the call has nothing to say'));
    },
    async press(sid, key = '5') {
      const call = find(sid);
      const url = actionOf(readTwiml(call.twiml ?? fail('the call has nothing to say'))) ?? fail('no key is asked for');
      return await ask(url, call, { Digits: key, msg: 'Gather End' });
    },
  };
}

function fail(reason: string): never {
  throw new Error(reason);
}
