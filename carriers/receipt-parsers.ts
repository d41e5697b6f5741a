// How receipts that come over HTTP are read, by type of carrier: a new one is one file and one row here.
import type { Receipt } from '../domain/receipt.ts';
import { parseSandboxReceipt } from './sandbox-receipts.ts';

export interface ReceiptRequest {
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  /** JSON or form, as an object; empty where there is none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it was sent, for signatures. */
  readonly rawBody: string;
}

/** None for a report about something else than delivery; undefined for what is no report of this type of carrier. */
export type ParseReceipts = (request: ReceiptRequest) => readonly Receipt[] | undefined;

const parsers: Readonly<Record<string, ParseReceipts>> = {
  sandbox: parseSandboxReceipt,
};

/** The parser of a type of carrier; undefined for one whose receipts do not come over HTTP. */
export function receiptParser(type: string): ParseReceipts | undefined {
  return Object.hasOwn(parsers, type) ? parsers[type] : undefined;
}
