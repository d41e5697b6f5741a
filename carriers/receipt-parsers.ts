// How receipts that come over HTTP are read, by type of carrier: a new one is one file and one row here.
import type { z } from 'zod';
import type { Receipt } from '../domain/receipt.ts';
import type { CarrierRequest, Configuration } from './carrier-request.ts';
import { parseHttpReceipts } from './http/receipts.ts';
import { parseSandboxReceipt } from './sandbox/receipts.ts';
import { type CarrierType, carrierSchemas, isCarrierType } from './settings.ts';
import { parseTwilioReceipt } from './twilio/receipts.ts';
import { parseVonageReceipts } from './vonage/receipts.ts';

/** None for a report about something else than delivery; undefined for what is no report of this type of carrier. */
export type ParsedReceipts = readonly Receipt[] | undefined | 'notGenuine';

export type ParseReceipts<T extends CarrierType> = (
  request: CarrierRequest,
  configuration: ConfigurationOf<T>,
) => ParsedReceipts | Promise<ParsedReceipts>;

/** What a carrier of this type is configured with. */
export type ConfigurationOf<T extends CarrierType> = Configuration<
  z.output<(typeof carrierSchemas)[T]['settings']>,
  z.output<(typeof carrierSchemas)[T]['secrets']>
>;

const parsers: { readonly [T in CarrierType]?: ParseReceipts<T> } = {
  sandbox: parseSandboxReceipt,
  vonage: parseVonageReceipts,
  http: parseHttpReceipts,
  twilio: parseTwilioReceipt,
};

/** What carriers of a type want to be answered, where their configuration says so: plain text. */
const acknowledgements: {
  readonly [T in CarrierType]?: (configuration: ConfigurationOf<T>) => string | undefined;
} = {
  http: ({ settings }) => settings.receipts?.acknowledge,
};

/** Whether receipts of this type of carrier come over HTTP. */
export function hasReceiptParser(type: string): boolean {
  return isCarrierType(type) && parsers[type] !== undefined;
}

/** Reads what a carrier of this type reports. @throws Error where its configuration is not usable (any more) */
export async function parseReceipts(
  type: string,
  request: CarrierRequest,
  configuration: Configuration<unknown, unknown>,
): Promise<ParsedReceipts> {
  return isCarrierType(type) ? await parsed(type, request, configuration) : undefined;
}

/** What to answer once receipts are kept; undefined where any answer will do. @throws Error as `parseReceipts` */
export function acknowledgementFor(type: string, configuration: Configuration<unknown, unknown>): string | undefined {
  return isCarrierType(type) ? acknowledged(type, configuration) : undefined;
}

/** Whether what nobody can read is answered as if it were kept, so that it is not repeated. @throws Error as `parseReceipts` */
export function takesUnreadable(type: string, configuration: Configuration<unknown, unknown>): boolean {
  return type === 'http' && readConfiguration('http', configuration).settings.receipts?.unreadable === 'acknowledge';
}

function acknowledged<T extends CarrierType>(type: T, given: Configuration<unknown, unknown>): string | undefined {
  return acknowledgements[type]?.(readConfiguration(type, given));
}

async function parsed<T extends CarrierType>(
  type: T,
  request: CarrierRequest,
  configuration: Configuration<unknown, unknown>,
): Promise<ParsedReceipts> {
  return await parsers[type]?.(request, readConfiguration(type, configuration));
}

/** @throws Error where it is not usable (any more) */
export function readConfiguration<T extends CarrierType>(
  type: T,
  { settings, secrets }: Configuration<unknown, unknown>,
): ConfigurationOf<T> {
  const schemas = carrierSchemas[type];
  const read = { settings: schemas.settings.safeParse(settings), secrets: schemas.secrets.safeParse(secrets) };
  if (!read.settings.success || !read.secrets.success) {
    throw new Error(`the configuration of a carrier of type ${type} is not usable: put it anew`);
  }
  return { settings: read.settings.data, secrets: read.secrets.data } as ConfigurationOf<T>;
}
