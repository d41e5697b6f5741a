// Esendex as its REST API is described: message dispatcher v1.0 with its schema, HTTP errors, push notifications (developers.esendex.com;
// the RAML and XSD of github.com/Codesleuth/esendex-raml; MessageFailed as github.com/esendex/esendex-ruby-sdk reads it).
import sax from 'sax';
import { RECEIPT_PATH, reportTo, SECRET } from './example.ts';
import { type Answered, type Asked, type Gateway, startGateway } from './gateway.ts';

const ID = '1183C73D-2E62-4F60-B610-30F160BDFBD5';

const said = (status: number, body: string): Answered => ({ status, body, headers: { 'Content-Type': 'text/plain' } });

const taken: Answered = {
  status: 200,
  accepts: true,
  headers: { 'Content-Type': 'application/xml; charset=utf-8' },
  body: `<?xml version="1.0" encoding="utf-8"?>
<messageheaders batchid="F8BF9867-FF81-49E4-ACC5-774DE793B776"
                xmlns="http://api.esendex.com/ns/">
  <messageheader uri="https://api.esendex.com/v1.0/messageheaders/${ID}" id="${ID}" />
</messageheaders>`,
};

export const errors = {
  malformed: said(400, 'Invalid request body'),
  unauthorised: said(401, 'No authentication header'),
  noCredits: said(402, 'Not enough message credits'),
  forbidden: said(403, 'Failed authentication'),
  timedOut: said(408, 'Request timed out'),
  internal: said(500, 'Server error'),
  unavailable: said(503, 'Service unavailable'),
} as const;

/** In the order of the schema. */
const fieldsOfMessage = ['from', 'to', 'type', 'body', 'lang', 'retries', 'validity', 'characterset'];
const allowed: Readonly<Record<string, RegExp>> = {
  from: /^(\d{1,20}|[A-Za-z0-9*$?!"#%&_\-,.\s@'+]{1,11})$/,
  to: /^\d{7,15}$/,
  type: /^(SMS|Voice)$/,
  body: /./s,
  lang: /^(en-GB|en-AU|fr-FR|es-ES|de-DE)$/,
  retries: /^\d+$/,
  // Hours, of which there are 72 at most.
  validity: /^([1-9]|[1-6]\d|7[0-2])$/,
  characterset: /^(GSM|Unicode|Auto)$/,
};

export async function startEsendex(): Promise<Gateway> {
  return await startGateway(({ method, path, headers, body }) => {
    if (method !== 'POST' || path !== '/v1.0/messagedispatcher') return said(404, 'Not found');
    if (headers.authorization === undefined) return errors.unauthorised;
    const [user, password] = Buffer.from(headers.authorization.replace('Basic ', ''), 'base64').toString().split(':');
    if (user !== 'you@company.example' || password !== SECRET) return errors.forbidden;
    if (!headers['content-type']?.startsWith('application/xml')) return errors.malformed;
    return isDispatch(messageIn(body)) ? taken : errors.malformed;
  });
}

/** The fields of the message in a request, in their order; undefined where the document is not as the schema has it. */
export function messageIn(body: string): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  const open: string[] = [];
  const seen: string[] = [];
  const parser = sax.parser(true);
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name }) => {
    open.push(name);
    seen.push(open.join('/'));
  };
  parser.onclosetag = () => void open.pop();
  parser.ontext = (text) => {
    const [, , field] = open;
    if (open.length === 3 && field !== undefined) fields.set(field, (fields.get(field) ?? '') + text);
  };
  try {
    parser.write(body).close();
  } catch {
    return undefined;
  }
  const around = seen.filter((path) => path.split('/').length < 3);
  const expected = ['messages', 'messages/accountreference', 'messages/message'];
  return around.join() === expected.join() ? fields : undefined;
}

function isDispatch(message: ReadonlyMap<string, string> | undefined): boolean {
  if (!message?.has('to') || !message.has('body')) return false;
  const names = [...message.keys()];
  const inOrder = fieldsOfMessage.filter((name) => message.has(name)).join() === names.join();
  const voiceHasLanguage = message.get('type') !== 'Voice' || message.has('lang');
  return inOrder && voiceHasLanguage && names.every((name) => allowed[name]?.test(message.get(name) ?? ''));
}

/** A push notification, to the URL that stands in the console. */
export function esendexReport(event: 'MessageDelivered' | 'MessageFailed' | 'InboundMessage'): Asked {
  const body = `<${event}>
 <Id>b4c9d8a2-14b5-4f6e-9d3c-1f5a8e7b6c0d</Id>
 <MessageId>${ID}</MessageId>
 <AccountId>254c2115-88e0-4fd4-97da-f9778e659932</AccountId>
 <OccurredAt>2026-11-23T12:00:00</OccurredAt>
</${event}>`;
  return reportTo(RECEIPT_PATH, { body, type: 'application/xml' });
}
