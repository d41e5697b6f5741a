// Infobip as its API reference has it (infobip.com/docs/api: "Send SMS messages", "Send advanced voice messages", "Get outbound SMS
// message logs", "Confirm conversion", "Receive outbound SMS message report"); the schemas are written after it by hand.
import { Ajv } from 'ajv';
import { reportTo, SECRET } from './http-example.ts';
import { type Answered, type Asked, type Gateway, startGateway } from './http-gateway.ts';

const object = (required: string[], properties: object) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const text = (maxLength = 4000) => ({ type: 'string', minLength: 1, maxLength });
const one = (items: object) => ({ type: 'array', minItems: 1, maxItems: 1, items });

const sms = object(['messages'], {
  messages: one(
    object(['destinations', 'content'], {
      sender: text(16),
      destinations: one(object(['to'], { to: { type: 'string', pattern: '^\\d{7,15}$' }, messageId: text(200) })),
      content: object(['text'], { text: text() }),
      options: object([], {
        validityPeriod: object(['amount'], {
          amount: { type: 'integer', minimum: 1 },
          timeUnit: { enum: ['SECONDS', 'MINUTES', 'HOURS'] },
        }),
        regional: object([], {
          indiaDlt: object(['principalEntityId'], { contentTemplateId: text(), principalEntityId: text() }),
        }),
      }),
      webhooks: object([], {
        delivery: object([], { url: { type: 'string', pattern: '^https?://' } }),
        contentType: { enum: ['application/json', 'application/xml'] },
        callbackData: text(4000),
      }),
    }),
  ),
  options: object([], {
    includeSmsCountInResponse: { type: 'boolean' },
    conversionTracking: object([], { useConversionTracking: { type: 'boolean' }, conversionTrackingName: text() }),
  }),
});

const voice = object(['messages'], {
  messages: one(
    object(['destinations'], {
      from: text(),
      destinations: one(object(['to'], { to: { type: 'string', pattern: '^\\d{7,15}$' }, messageId: text() })),
      text: text(1400),
      language: text(10),
      machineDetection: { enum: ['hangup', 'continue'] },
      validityPeriod: { type: 'integer', minimum: 1 },
      notifyUrl: text(),
      notifyContentType: { enum: ['application/json', 'application/xml'] },
      callbackData: text(700),
    }),
  ),
});

const ajv = new Ajv();
const [smsSchema, voiceSchema] = [ajv.compile(sms), ajv.compile(voice)];
const isSms = (body: unknown) => smsSchema(body) === true;
const isVoice = (body: unknown) => voiceSchema(body) === true;

const json = (status: number, body: unknown, more: Partial<Answered> = {}): Answered => ({
  status,
  body: JSON.stringify(body),
  ...more,
  headers: { 'Content-Type': 'application/json', ...more.headers },
});

const error = (status: number, description: string, more?: Partial<Answered>) =>
  json(status, { errorCode: `E${status}`, description, action: 'Act.', violations: [], resources: [] }, more);

const groups = { PENDING: 1, UNDELIVERABLE: 2, DELIVERED: 3, EXPIRED: 4, REJECTED: 5 } as const;
export type Group = keyof typeof groups;

const statusOf = (groupName: Group, name: string) => ({
  groupId: groups[groupName],
  groupName,
  id: 26,
  name,
  description: name,
});

/** An answer with the status of one message. */
export const statusAnswer = (groupName: Group, name: string, messageId = '2250be2d4219-3af1', count = 1): Answered =>
  json(
    200,
    {
      bulkId: '2034072219640523072',
      messages: [
        { messageId, status: statusOf(groupName, name), destination: '306948530920', details: { messageCount: count } },
      ],
    },
    { accepts: groupName === 'PENDING' },
  );

export const errors = {
  badRequest: error(400, 'Request cannot be processed.'),
  unauthorized: error(401, 'The request lacks valid authentication credentials for the requested resource.'),
  forbidden: error(403, 'Insufficient permissions to access the requested resource.'),
  tooMany: error(429, 'Too many requests sent.'),
  tooManyFor: error(429, 'Too many requests sent.', { headers: { 'Retry-After': '7' } }),
  internal: error(500, 'Something went wrong.'),
  voiceRefused: json(400, { requestError: { serviceException: { messageId: 'BAD_REQUEST', text: 'Bad request' } } }),
} as const;

/** What the log of each message id shows; whatever was accepted is in it. */
export const logged = new Map<string, { status: ReturnType<typeof statusOf>; messageCount: number }>();

export const log = (messageId: string, groupName: Group, name: string) =>
  logged.set(messageId, { status: statusOf(groupName, name), messageCount: 2 });

export async function startInfobip(): Promise<Gateway> {
  logged.clear();
  return await startGateway(answer);
}

function answer(asked: Asked): Answered {
  if (asked.headers.authorization !== `App ${SECRET}`) return errors.unauthorized;
  if (asked.method === 'GET' && asked.path === '/sms/3/logs') return logs(asked.query.get('messageId') ?? '');
  if (asked.method !== 'POST') return error(405, 'No such method.');
  if (/^\/ct\/1\/log\/end\/[^/]+$/.test(asked.path))
    return json(200, { processKey: 'A37D448C1ACCA02FABA745522558326C' });
  if (asked.headers['content-type'] !== 'application/json') return error(415, 'Unsupported media type.');
  const body: Sent = JSON.parse(asked.body);
  if (asked.path === '/sms/3/messages') return isSms(body) ? taken(body) : errors.badRequest;
  if (asked.path === '/tts/3/advanced') return isVoice(body) ? taken(body) : errors.voiceRefused;
  return error(404, 'No such path.');
}

interface Sent {
  readonly messages: [{ destinations: [{ messageId?: string }]; content?: { text: string } }];
  readonly options?: { includeSmsCountInResponse?: boolean };
}

/** In its log from now on. Counts by GSM-7 alone, and says so only where it was asked to. */
function taken({ messages: [{ destinations, content }], options }: Sent): Answered {
  const length = content?.text.length ?? 0;
  const messageId = destinations[0].messageId ?? 'its own';
  log(messageId, 'PENDING', 'PENDING_ACCEPTED');
  const count = length > 160 && options?.includeSmsCountInResponse ? Math.ceil(length / 153) : 1;
  return statusAnswer('PENDING', 'PENDING_ACCEPTED', messageId, count);
}

function logs(messageId: string): Answered {
  const found = logged.get(messageId);
  return json(200, { results: found ? [{ destination: '306948530920', messageId, ...found }] : [] });
}

/** The report of a message it accepted, to where that said. */
export function infobipReport(accepted: Asked, groupName: Group, name: string, errorName = 'NO_ERROR'): Asked {
  const [message] = JSON.parse(accepted.body).messages;
  const result = {
    bulkId: 'BULK-ID-123-xyz',
    messageId: message.destinations[0].messageId,
    to: message.destinations[0].to,
    messageCount: 1,
    callbackData: message.webhooks?.callbackData ?? message.callbackData,
    status: statusOf(groupName, name),
    error: { groupId: 0, groupName: 'OK', id: 0, name: errorName, description: 'No Error', permanent: false },
  };
  const body = JSON.stringify({ results: [result] });
  return reportTo(message.webhooks?.delivery.url ?? message.notifyUrl, { body, type: 'application/json' });
}
