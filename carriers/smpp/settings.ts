// What an operator says about an SMSC: everything the SMPP carrier can be told, with its defaults and bounds.
import { z } from 'zod';
import { deliveryStates } from '../../domain/receipt.ts';
import { LONGEST_WORD } from './receipt-states.ts';

const MOST_OWN_STATES = 100;

const printable = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\x20-\x7e]*$/, 'must be printable ASCII');

const numbering = (ton: number, npi: number, what: string) =>
  z
    .strictObject({
      ton: z.int().min(0).max(6).default(ton).describe('Type of number (SMPP 3.4, 5.2.5)'),
      npi: z.int().min(0).max(18).default(npi).describe('Numbering plan indicator (SMPP 3.4, 5.2.6)'),
    })
    .prefault({})
    .describe(what);

const idForm = z.enum(['text', 'hex']);

const tls = z.strictObject({
  enabled: z.boolean().default(true),
  ca: z
    .string()
    .max(100_000)
    .regex(/-----BEGIN CERTIFICATE-----/, 'must be certificates in PEM')
    .optional()
    .describe('Certificates to trust, in PEM, instead of those Node trusts'),
  servername: z
    .string()
    .min(1)
    .max(253)
    .optional()
    .describe('The name its certificate must show, where `host` is another'),
});

const source = z.strictObject({
  alphanumeric: numbering(5, 0, 'Of an originator with letters'),
  shortCode: numbering(3, 0, 'Of an originator of up to 8 digits'),
  longNumber: numbering(1, 1, 'Of an originator of more digits'),
});

const messageIds = z.strictObject({
  response: idForm.default('text').describe('In submit_sm_resp'),
  receipt: idForm.default('text').describe('After `id:` in the text of a receipt'),
  receiptTlv: idForm.optional().describe('In receipted_message_id; as in the response where nothing is said'),
});

/** Everything but the password. */
export const smppSettings = z.strictObject({
  host: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9._:-]+$/, 'must be a host name or an address')
    .refine((host) => !/^[^:]+:\d+$/.test(host), 'must be without the port: that is the setting `port`')
    .describe('Name or address of the SMSC'),
  port: z.int().min(1).max(65_535).default(2775).describe('Its port'),
  tls: tls.optional().describe('Speak TLS; its certificate is always checked'),
  systemId: printable(15).min(1).describe('The account at the SMSC'),
  systemType: printable(12).default('').describe('What some SMSCs want to know with the bind'),
  bindMode: z.literal('transceiver').default('transceiver').describe('Messages and receipts share a connection'),
  binds: z.int().min(1).max(50).default(1).describe('Connections at a time, over all workers together'),
  serviceType: printable(5).default('').describe('service_type of every message'),
  source: source.prefault({}).describe('TON and NPI of the originator, by its kind'),
  destination: numbering(1, 1, 'TON and NPI of the recipient, whose number goes in E.164 without its plus'),
  defaultAlphabet: z
    .enum(['gsm7', 'latin1', 'ascii'])
    .default('gsm7')
    .describe('What data_coding 0 means to the SMSC; a text it cannot hold goes as UCS-2'),
  ucs2DataCoding: z.int().min(0).max(255).default(8).describe('data_coding of UCS-2'),
  longMessages: z
    .enum(['udh', 'payload'])
    .default('udh')
    .describe('Cut by us with a user data header, or handed over whole in message_payload'),
  registeredDelivery: z
    .literal([0, 1, 2])
    .default(1)
    .describe('Receipts: 1 for every ending, 2 for failures alone, 0 for none'),
  messageReference: z
    .boolean()
    .default(false)
    .describe('Send user_message_reference, for an SMSC that hands it back: receipts find sends whose answer was lost'),
  messageIds: messageIds
    .prefault({})
    .describe('How the SMSC writes its message ids: `hex`, or as text, decimal or not'),
  statuses: z
    .record(
      z.string().regex(/^0x[0-9a-fA-F]{1,8}$/, 'must be hexadecimal, such as 0x0401'),
      z.enum(['rejected', 'unavailable', 'throttled', 'fault']),
    )
    .default({})
    .describe('What a command_status of this SMSC means, such as `{"0x0401": "fault"}`'),
  receiptsFor: z
    .enum(['message', 'part'])
    .optional()
    .describe('Whether the SMSC reports a message of several parts once, or each part'),
  receiptStates: z
    .record(
      z
        .string()
        .min(1)
        .max(LONGEST_WORD)
        .regex(
          /^[A-Za-z0-9][A-Za-z0-9 _-]*$/,
          'must be a word as it stands after `stat:`, or a number of message_state',
        ),
      z.enum(deliveryStates),
    )
    .refine((states) => Object.keys(states).length <= MOST_OWN_STATES, `may name up to ${MOST_OWN_STATES} words`)
    .default({})
    .describe('What a state in receipts of this SMSC means, such as `{"BUFFERED": "underway"}`'),
  window: z.int().min(1).max(100).default(10).describe('Messages under way on one connection'),
  enquireLinkSeconds: z.int().min(1).max(300).default(30).describe('How often each connection is tried'),
  responseTimeoutSeconds: z.int().min(1).max(12).default(8).describe('How long a response is waited for'),
  reconnectMaxSeconds: z.int().min(1).max(300).default(30).describe('The longest pause between two tries to connect'),
});

export const smppSecrets = z.strictObject({
  password: printable(8).describe('Of the account; SMPP 3.4 knows no more than 8 characters'),
});

export type SmppSettings = z.output<typeof smppSettings>;
export type SmppSecrets = z.output<typeof smppSecrets>;
