// Every function that a foreign text goes through, each with the texts that are worst for it, made as long as is asked.
import { parseForm } from '../../api/body/form.ts';
import { parseJson } from '../../api/body/json.ts';
import { mediaTypeOf } from '../../api/body/media-type.ts';
import { readStartFields } from '../../api/endpoints/start-fields.ts';
import { acceptanceIn } from '../../carriers/http/answer.ts';
import { answerSettings } from '../../carriers/http/answer-settings.ts';
import { findAll, readPath } from '../../carriers/http/path.ts';
import { groupsOf, matches } from '../../carriers/http/pattern.ts';
import { receiptSettings } from '../../carriers/http/receipt-settings.ts';
import { parseHttpReceipts } from '../../carriers/http/receipts.ts';
import { httpSettings } from '../../carriers/http/settings.ts';
import { fill, fillAll, forUrl, forXml, namesIn, templateProblem } from '../../carriers/http/template.ts';
import { readTree } from '../../carriers/http/tree.ts';
import { messageValues } from '../../carriers/http/values.ts';
import { readReceipt } from '../../carriers/smpp/receipt.ts';
import { encodeText } from '../../carriers/smpp/text.ts';
import { sayCode } from '../../carriers/twilio/twiml.ts';
import { sayTwice } from '../../carriers/vonage/ncco.ts';
import { answerNumber, isNoAnswer } from '../../domain/answer.ts';
import { readReference } from '../../domain/funds.ts';
import { beyondGsm, toSeptets } from '../../domain/gsm-alphabet.ts';
import { readInstant } from '../../domain/instant.ts';
import { readLanguage } from '../../domain/language.ts';
import { renderMessage } from '../../domain/message.ts';
import { isSameInPrint } from '../../domain/number-text.ts';
import { ORIGINATOR } from '../../domain/originator.ts';
import { encodingOf, measureMessage, splitMessage } from '../../domain/parts.ts';
import { quotesNumber, readAnyNumber, readRecipient } from '../../domain/phone.ts';
import { isReasonCode, tidyReceipt } from '../../domain/receipt.ts';
import { speechText } from '../../domain/speech.ts';
import { fillCode, renderSegments } from '../../domain/template.ts';
import { checkTemplate } from '../../domain/template-check.ts';
import { characters } from '../../domain/text.ts';
import { isWebOtpDomain, webOtpLine } from '../../domain/web-otp.ts';
import { built } from '../carriers/http/built.ts';
import { carrierRequest } from './carrier-request.ts';

export interface TextFunction {
  readonly name: string;
  readonly run: (text: string) => unknown;
  /** A text is one of these again and again. */
  readonly pieces: readonly string[];
}

type Row = readonly [name: string, run: (text: string) => unknown, ...pieces: string[]];

/** What texts are made of where nothing in particular is worst. */
const anyPieces = ['a', 'ç', '😀', '\ud83d', 'e\u0301', ' ', '\u200c', '9', '🇬🇷', '👨‍👩‍👧‍👦'];
const templates = ['@@a', '@@', '@@pin', '@@a_', '@', ...anyPieces];
const values = { a: 'W'.repeat(100) };
const asked = { arguments: values, digits: 6, maxParts: 4, language: 'en' } as const;
const smpp = { defaultAlphabet: 'gsm7', ucs2DataCoding: 8 } as const;
const http = httpSettings.parse({
  baseUrl: 'https://gateway.example',
  requests: { sms: { url: '/send' } },
});
const message = {
  trackingId: 't',
  accountId: 'a',
  recipient: '+306948530920',
  originator: 'Twostep',
  method: 'sms',
  parts: 1,
  validForSeconds: 300,
  attempt: 1,
} as const;
const speech = (text: string) => ({ text, language: 'en' });
const pattern = '^OK:(?P<id>.*)(a|aa)+$';
const answer = answerSettings.parse({
  format: 'json',
  messageId: 'a.b',
  rules: [{ path: 'a', matches: pattern, means: 'rejected' }],
});
const receiptsIn = (format: string) =>
  receiptSettings.parse({
    format,
    ...(format === 'text' && { pattern }),
    messageId: ['a.b', 'id'],
    states: [{ path: 'a', matches: '(a*)*b', means: 'delivered' }],
  });
const receipts = (format: string) => (rawBody: string) =>
  parseHttpReceipts(carrierRequest({ rawBody }), { settings: { ...http, receipts: receiptsIn(format) }, secrets: {} });
const json = (text: string) => JSON.stringify({ a: text, b: [...text] });

const rows: readonly Row[] = [
  ['renderSegments', (text) => fillCode(renderSegments(text, values), '123456'), ...templates],
  [
    'renderMessage, sms',
    (template) => renderMessage({ ...asked, template: `@@pin ${template}`, method: 'sms' }),
    ...templates,
  ],
  [
    'renderMessage, voice',
    (template) => renderMessage({ ...asked, template: `@@pin ${template}`, method: 'voice' }),
    ...templates,
  ],
  ['checkTemplate', (template) => checkTemplate({ template, method: 'sms', digits: 6, maxParts: 4 }), ...templates],
  ['measureMessage', (text) => measureMessage([{ text }, ...webOtpLine('example.com')], 6), ...anyPieces],
  ['splitMessage', (text) => splitMessage(text), ...anyPieces, '€'],
  ['splitMessage as UCS-2', (text) => splitMessage(text, 'UCS-2'), 'a'],
  ['encodingOf', encodingOf, 'a', '€'],
  ['toSeptets', toSeptets, 'a', '€'],
  ['beyondGsm', beyondGsm, ...anyPieces],
  ['characters', characters, ...anyPieces],
  ['speechText', (text) => speechText([{ text }, { code: true }], '123456'), ...anyPieces],
  ['isWebOtpDomain', isWebOtpDomain, 'a.', 'a', '-', '.', '-a'],
  ['answerNumber', (text) => answerNumber(text, 6), ...anyPieces, '-', '٠', '('],
  ['isNoAnswer', isNoAnswer, ...anyPieces, '-'],
  ['readRecipient', (text) => readRecipient(`+${text}`, 'sms'), ...anyPieces, '-', '('],
  ['readAnyNumber', readAnyNumber, ...anyPieces, '+'],
  ['quotesNumber', (text) => quotesNumber(text, '+306948530920'), ...anyPieces, '6'],
  ['readInstant', readInstant, '"', ' ', '9', '-'],
  ['readReference', readReference, ...anyPieces],
  ['readLanguage', readLanguage, 'a', 'a-'],
  ['originator', (text) => ORIGINATOR.test(text), ...anyPieces],
  ['SMPP text in parts', (text) => encodeText(text, { ...smpp, longMessages: 'udh' }, 1), ...anyPieces, '€'],
  ['SMPP text in a payload', (text) => encodeText(text, { ...smpp, longMessages: 'payload' }, 1), ...anyPieces],
  [
    'SMPP text for Latin-1',
    (text) => encodeText(text, { ...smpp, defaultAlphabet: 'latin1', longMessages: 'udh' }, 1),
    ...anyPieces,
  ],
  [
    'SMPP receipt',
    (text) =>
      readReceipt(
        {
          command: 'deliver_sm',
          esm_class: 4,
          short_message: Buffer.from(text),
          message_payload: Buffer.from(text),
        } as never,
        {
          messageIds: { response: 'asIs', receipt: 'asIs' },
        } as never,
      ),
    ...['id:', 'id: ', 'stat:', 'stat: "', 'err:', 'text:', ' ', 'a', '-', '\0a'],
  ],
  [
    'HTTP values',
    (text) => messageValues({ ...message, text, speech: speech(text) }, 'key', http, undefined, 0),
    ...anyPieces,
  ],
  [
    'HTTP template',
    (text) => [namesIn(text), templateProblem(text, () => true), fill(text, values)],
    '{{',
    '{{a}}',
    '}}',
    '{{{',
    '{a',
    '{{ ',
  ],
  ['HTTP value for a URL', forUrl, ...anyPieces, '%', '&'],
  ['HTTP value for XML', (text) => fillAll('<a>{{t}}</a>', { t: text }, forXml), ...anyPieces, '&', '\u0000'],
  ['HTTP body in JSON', (text) => built({ body: { json: { a: ['{{text}}'] } } }, { text }), ...anyPieces, '"', '\\'],
  ['HTTP body as a form', (text) => built({ body: { form: { a: '{{text}}' } } }, { text }), ...anyPieces, '&'],
  ['HTTP body in XML', (text) => built({ body: { xml: '<a b="{{text}}">{{text}}</a>' } }, { text }), ...anyPieces, '<'],
  ['HTTP query', (text) => built({ query: { a: '{{text}}' } }, { text }), ...anyPieces],
  ['HTTP header', (text) => built({ headers: { 'X-Text': '{{text}}' } }, { text }), 'a', 'é', '9'],
  [
    'HTTP answer in JSON',
    (text) =>
      attempt(() =>
        acceptanceIn({ status: 200, text: json(text), headers: new Headers() } as never, answer, {
          reference: 'r',
          parts: 1,
        }),
      ),
    'a',
    '9',
    '\\',
    '"',
  ],
  ['HTTP receipt in JSON', (text) => receipts('json')(json(text)), 'a', '9', '\\', '"', '{'],
  ['HTTP receipt in broken JSON', receipts('json'), '[', '{"a":', '"', '9', '\\"', '1e', '-'],
  [
    'HTTP receipt in XML',
    (text) => receipts('xml')(`<a>${text}</a>`),
    '<a/>',
    '<a>',
    '<a b="c">d</a>',
    '&amp;',
    '<![CDATA[a]]>',
    'a',
    ' ',
    '<!--a-->',
  ],
  ['HTTP receipt as a form', receipts('form'), 'a=b&', '&', '=', '%', '%41', 'a=', '+'],
  ['HTTP receipt as text', receipts('text'), 'OK:', 'a', ' ', '\n'],
  ['HTTP pattern', (text) => [matches('(a|aa)+$', text), groupsOf(pattern, text)], 'a', 'OK:a'],
  ['HTTP path', (text) => [readPath(text), findAll(readTree('json', json(text)), 'b[*]')], 'a', '.', '[', '["', '\\'],
  [
    'TwiML',
    (text) => sayCode(speech(text), undefined, { voices: [], voice: {} } as never),
    ...anyPieces,
    '&',
    '\u0000',
  ],
  ['NCCO', (text) => JSON.stringify(sayTwice(speech(text))), ...anyPieces],
  [
    'receipt kept',
    (text) => [tidyReceipt({ messageId: text, state: 'underway', reason: text }), isReasonCode(text)],
    ...anyPieces,
  ],
  ['JSON body', (text) => attempt(() => parseJson(`{"a":"${text}"}`)), ...anyPieces, '\\\\', '\\"'],
  ['JSON body of members', (text) => attempt(() => parseJson(`{${text}"z":1}`)), '"a":1,', '"b":1.0,', '"c":{},'],
  [
    'JSON body of lists',
    (text) => attempt(() => parseJson(`{"a":[${text}1]}`)),
    '1,',
    '4.50,',
    '[],',
    '"a",',
    '[',
    '{"a":',
  ],
  ['form body', (text) => attempt(() => parseForm(text)), 'a=b&', '&', '=', '%', '%41', 'a=', '+', 'a[', 'a.a', 'a[a]'],
  ['media type', (text) => attempt(() => mediaTypeOf(text)), 'a', ';', '; ', ' ', '=', '"', ';charset='],
  ['number in print', isSameInPrint, '9', '0', '.', '1e', '-'],
  ['number as an argument', (text) => attempt(() => readStartFields({ arguments: `{"a":1${text}}` })), '9', '0', 'e1'],
  ['argument', (a) => attempt(() => readStartFields({ arguments: { a } })), ...anyPieces, '\u0000'],
  ['template field', (template) => attempt(() => readStartFields({ template })), ...anyPieces],
];

export const textFunctions: readonly TextFunction[] = rows.map(([name, run, ...pieces]) => ({ name, run, pieces }));

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
