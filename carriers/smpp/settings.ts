// What an operator says about an SMSC: everything the SMPP carrier can be told, with its defaults and bounds.
import { createSecureContext } from 'node:tls';
import { z } from 'zod';
import { bindAddress, messageIds, numbering, printable, receiptStates, source, tls } from './field-settings.ts';

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
  bindMode: z
    .enum(['transceiver', 'pair'])
    .default('transceiver')
    .describe('Messages and receipts share a connection, or a transmitter and a receiver stand side by side'),
  receiverPort: z
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe('Where receivers of pairs connect; `port` where not said'),
  interfaceVersion: z.enum(['3.3', '3.4', '5.0']).default('3.4').describe('What a bind says of the version spoken'),
  bindAddress: bindAddress.prefault({}).describe('Which addresses the bind is for: most SMSCs want none'),
  binds: z.int().min(1).max(50).default(1).describe('Connections at a time, over all workers together'),
  serviceType: printable(5).default('').describe('service_type of every message'),
  source: source.prefault({}).describe('TON and NPI of the originator, by its kind'),
  destination: numbering(1, 1, 'TON and NPI of the recipient, whose number goes in E.164 without its plus'),
  defaultAlphabet: z
    .enum(['gsm7', 'latin1', 'ascii'])
    .default('gsm7')
    .describe('What data_coding 0 means to the SMSC; a text it cannot hold goes as UCS-2'),
  defaultDataCoding: z.int().min(0).max(255).default(0).describe('data_coding of that alphabet'),
  ucs2DataCoding: z.int().min(0).max(255).default(8).describe('data_coding of UCS-2'),
  longMessages: z
    .enum(['udh', 'sar', 'payload'])
    .default('udh')
    .describe('Cut by us, with a user data header or with TLVs (sar_*), or handed over whole in message_payload'),
  esmClass: z.literal([0, 3]).default(0).describe('Messaging mode: 0 the default of the SMSC, 3 store and forward'),
  priority: z.int().min(0).max(3).default(0).describe('priority_flag of every message'),
  validity: z
    .enum(['relative', 'absolute', 'none'])
    .default('relative')
    .describe('How validity_period says what is left of the life of a message, or that it is left out'),
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
  receiptStates: receiptStates
    .default({})
    .describe('What a state in receipts of this SMSC means, such as `{"BUFFERED": "underway"}`'),
  window: z.int().min(1).max(100).default(10).describe('Messages under way on one connection'),
  enquireLinkSeconds: z.int().min(1).max(300).default(30).describe('How often each connection is tried'),
  responseTimeoutSeconds: z.int().min(1).max(12).default(8).describe('How long a response is waited for'),
  reconnectMaxSeconds: z.int().min(1).max(300).default(30).describe('The longest pause between two tries to connect'),
});

const LONGEST_PASSWORD = 64;
/** Of the specification, with its NUL 9. */
export const SPECIFIED_PASSWORD = 8;

export const smppSecrets = z.strictObject({
  password: printable(LONGEST_PASSWORD).describe(
    'Of the account; SMPP 3.4 knows no more than 8 characters, and many SMSCs take more',
  ),
  tlsKey: z
    .string()
    .max(20_000)
    .regex(/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'must be a private key in PEM')
    .optional()
    .describe('The private key of `tls.certificate`'),
});

export type SmppSettings = z.output<typeof smppSettings>;
export type SmppSecrets = z.output<typeof smppSecrets>;

/** Says why no carrier can be made of it; undefined where one can. */
export function smppProblem({ tls: by }: SmppSettings, { tlsKey }: SmppSecrets): string | undefined {
  const certificate = by?.certificate;
  if ((certificate === undefined) !== (tlsKey === undefined)) {
    return 'settings.tls.certificate and secrets.tlsKey belong together: give both or none';
  }
  try {
    // Else only a connection reads them, and cannot say what is wrong.
    createSecureContext({ cert: certificate, key: tlsKey });
    return undefined;
  } catch {
    return 'settings.tls.certificate and secrets.tlsKey cannot be used: both must be whole, in PEM, made for each other, and the key without a passphrase';
  }
}
