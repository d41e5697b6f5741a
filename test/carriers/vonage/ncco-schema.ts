// The actions a call may be told (NCCO) of which the carrier uses some, written by hand after Vonage's reference, which has no OpenAPI:
// https://developer.vonage.com/en/voice/voice-api/ncco-reference

/** The languages of its voices, in the same words: https://developer.vonage.com/en/voice/voice-api/concepts/text-to-speech */
const languages =
  'af-ZA ar bg-BG bn-IN ca-ES cmn-CN cmn-TW cs-CZ cy-GB da-DK de-AT de-DE el-GR en-AU en-GB en-GB-SCT en-GB-WLS en-IE en-IN en-NZ en-US en-ZA es-CO es-ES es-MX es-US eu-ES fi-FI fil-PH fr-CA fr-FR gl-ES gu-IN he-IL hi-IN hu-HU id-ID is-IS it-IT ja-JP kn-IN ko-KR lv-LV ml-IN ms-MY nb-NO nl-BE nl-NL no-NO pa-IN pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sr-RS sv-SE ta-IN te-IN th-TH tr-TR uk-UA vi-VN yue-CN';

const talk = {
  type: 'object',
  required: ['action', 'text'],
  additionalProperties: false,
  properties: {
    action: { const: 'talk' },
    text: { type: 'string', minLength: 1, maxLength: 1_500 },
    bargeIn: { type: 'boolean' },
    loop: { type: 'integer', minimum: 0 },
    level: { type: 'number', minimum: -1, maximum: 1 },
    language: { enum: languages.split(' ') },
    style: { type: 'integer', minimum: 0 },
    premium: { type: 'boolean' },
  },
};

const input = {
  type: 'object',
  required: ['action', 'type'],
  additionalProperties: false,
  properties: {
    action: { const: 'input' },
    type: { type: 'array', minItems: 1, items: { enum: ['dtmf', 'speech'] } },
    dtmf: {
      type: 'object',
      additionalProperties: false,
      properties: {
        timeOut: { type: 'integer', minimum: 0, maximum: 10 },
        maxDigits: { type: 'integer', minimum: 1, maximum: 20 },
        submitOnHash: { type: 'boolean' },
      },
    },
    eventUrl: { type: 'array', minItems: 1, maxItems: 1, items: { type: 'string', pattern: '^https?://' } },
    eventMethod: { enum: ['GET', 'POST'] },
  },
};

const wait = {
  type: 'object',
  required: ['action'],
  additionalProperties: false,
  properties: { action: { const: 'wait' }, timeout: { type: 'number', minimum: 0.1, maximum: 7_200 } },
};

/** Recording among others is not in it: a call that did so would be refused. */
export const nccoSchema = { type: 'array', minItems: 1, items: { oneOf: [talk, input, wait] } };
