// Holds requests, answers and reports against Vonage's public descriptions (vonage-openapi.json), where these are right.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { nccoSchema } from './vonage-ncco-schema.ts';

// biome-ignore lint/suspicious/noExplicitAny: a description is looked into by path.
type Node = any;

export type Described =
  | 'sms/request'
  | 'sms/accepted'
  | 'sms/refused'
  | 'sms/receipt'
  | 'messages/request'
  | 'messages/accepted'
  | 'messages/problem'
  | 'messages/receipt'
  | 'voice/request'
  | 'voice/accepted'
  | 'conversion/query'
  | 'ncco';

const description: Node = JSON.parse(readFileSync(join(import.meta.dirname, 'vonage-openapi.json'), 'utf8'));
correct();

const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: false });
formats.default(ajv);
/** Forms and queries are texts; what a field means is in its schema. */
const ofTexts = new Ajv2020({ strict: false, allErrors: true, coerceTypes: true });
formats.default(ofTexts);
for (const [name, document] of Object.entries<Node>(description)) {
  for (const each of [ajv, ofTexts]) each.addSchema(document, `https://vonage.test/${name}`);
}
const compiled = new Map<Described, ValidateFunction>();

/** Says what is not as described, a field that is not described among it; undefined where all is well. */
export function descriptionProblem(what: Described, value: unknown): string | undefined {
  const validator = compiled.get(what) ?? compile(what);
  compiled.set(what, validator);
  // A copy, since texts are turned into numbers where they mean some.
  return validator(structuredClone(value)) ? undefined : `${what}: ${ajv.errorsText(validator.errors)}`;
}

function compile(what: Described): ValidateFunction {
  if (what === 'ncco') return ajv.compile(nccoSchema);
  const [api = '', part = ''] = what.split('/');
  const own = what === 'sms/request' || what === 'conversion/query' ? ofTexts : ajv;
  const $ref = `https://vonage.test/${api}#/${part}`;
  return own.compile({ allOf: [{ $ref }], unevaluatedProperties: false });
}

/** Where the descriptions contradict themselves or are behind the documentation. */
function correct(): void {
  const { sms, messages, voice, conversion } = description;
  // A first version had `message`; version 1 has its fields beside the others, as its own examples show.
  messages.components.schemas.baseMessageType.required = ['to', 'from', 'message_type', 'channel'];
  // Since 1.4.0, by https://developer.vonage.com/en/api/messages
  Object.assign(messages.components.schemas.channelOptionsSms.properties, {
    ttl: { type: 'integer', minimum: 20, maximum: 604_800 },
    webhook_url: { type: 'string', format: 'uri' },
    webhook_version: { enum: ['v0.1', 'v1'] },
    sms: {
      type: 'object',
      additionalProperties: false,
      properties: {
        encoding_type: { enum: ['text', 'unicode', 'auto'] },
        entity_id: { type: 'string' },
        content_id: { type: 'string' },
      },
    },
  });
  // Key and secret go in a header since, as in the request of @vonage/sms 1.24; `text` is needed.
  sms.components.schemas.NewMessage.required = ['from', 'to', 'text'];
  // A query holds texts.
  conversion.query.properties.delivered.enum = ['true', 'false', '0', '1'];
  // Said in words only.
  for (const number of [sms.components.schemas.NewMessage.properties.to, voice.components.schemas.AddressE164]) {
    number.pattern = '^\\d{7,15}$';
  }
  messages.components.schemas.ToNumber.pattern = '^\\d{7,15}$';
  messages.components.schemas.baseMessageType.properties.client_ref.maxLength = 100;
  messages.components.schemas.Text.allOf[1].properties.text.maxLength = 1_000;
  sms.components.schemas.NewMessage.properties.callback = { type: 'string', format: 'uri', maxLength: 100 };
  sms.components.schemas.NewMessage.properties['client-ref'].maxLength = 100;
  // `random_from_number` cannot be used together with `from`, by its own description; a phone would be a SIP endpoint, too.
  const call = voice.components.schemas.CreateCallRequestBase;
  call.required = ['to'];
  call.oneOf = [
    { required: ['from'] },
    { required: ['random_from_number'], properties: { random_from_number: { const: true } } },
  ];
  call.properties.to.items = { $ref: '#/components/schemas/EndpointPhoneTo' };
  // Its example begins with `CON-`.
  voice.components.schemas.conversation_uuid = { type: 'string' };
}
