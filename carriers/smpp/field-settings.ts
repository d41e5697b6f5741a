// The settings of the SMPP carrier that have fields of their own: TLS, addresses, message ids, and what states mean.
import { z } from 'zod';
import { deliveryStates } from '../../domain/receipt.ts';
import { LONGEST_WORD } from './receipt-states.ts';

const MOST_OWN_STATES = 100;

export const printable = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\x20-\x7e]*$/, 'must be printable ASCII');

export const numbering = (ton: number, npi: number, what: string) =>
  z
    .strictObject({
      ton: z.int().min(0).max(6).default(ton).describe('Type of number (SMPP 3.4, 5.2.5)'),
      npi: z.int().min(0).max(18).default(npi).describe('Numbering plan indicator (SMPP 3.4, 5.2.6)'),
    })
    .prefault({})
    .describe(what);

const idForm = z.enum(['text', 'hex']);

/** Settings are shown and kept in the trail, and one file often holds a certificate and its key. */
const certificates = z
  .string()
  .max(100_000)
  .regex(/-----BEGIN CERTIFICATE-----/, 'must be certificates in PEM')
  .refine((pem) => !/PRIVATE KEY-----/.test(pem), 'must be certificates alone: a private key is the secret `tlsKey`');

export const tls = z.strictObject({
  enabled: z.boolean().default(true),
  ca: certificates.optional().describe('Certificates to trust, in PEM, instead of those Node trusts'),
  certificate: certificates
    .optional()
    .describe('Our own, with its chain, for an SMSC that asks for one; its key is the secret `tlsKey`'),
  servername: z
    .string()
    .min(1)
    .max(253)
    .optional()
    .describe('The name its certificate must show, where `host` is another'),
});

export const source = z.strictObject({
  alphanumeric: numbering(5, 0, 'Of an originator with letters'),
  shortCode: numbering(3, 0, 'Of an originator of up to 8 digits'),
  longNumber: numbering(1, 1, 'Of an originator of more digits'),
});

export const messageIds = z.strictObject({
  response: idForm.default('text').describe('In submit_sm_resp'),
  receipt: idForm.default('text').describe('After `id:` in the text of a receipt'),
  receiptTlv: idForm.optional().describe('In receipted_message_id; as in the response where nothing is said'),
});

export const bindAddress = z.strictObject({
  ton: z.int().min(0).max(6).default(0).describe('addr_ton'),
  npi: z.int().min(0).max(18).default(0).describe('addr_npi'),
  range: printable(40).default('').describe('address_range'),
});

/** Words in any case and spelling, and numbers of message_state. */
export const receiptStates = z
  .record(
    z
      .string()
      .min(1)
      .max(LONGEST_WORD)
      .regex(/^[A-Za-z0-9][A-Za-z0-9 _-]*$/, 'must be a word as it stands after `stat:`, or a number of message_state'),
    z.enum(deliveryStates),
  )
  .refine((states) => Object.keys(states).length <= MOST_OWN_STATES, `may name up to ${MOST_OWN_STATES} words`);
