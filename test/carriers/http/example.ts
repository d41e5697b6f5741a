// The configurations that the documentation shows, led to a gateway of a test.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Carrier } from '../../../carriers/carrier.ts';
import type { CarrierUrls } from '../../../carriers/carrier-request.ts';
import { createHttpCarrier } from '../../../carriers/http/carrier.ts';
import { httpSecrets, httpSettings } from '../../../carriers/http/settings.ts';
import { type ParsedReceipts, parseReceipts } from '../../../carriers/receipt-parsers.ts';
import { carrierRequest } from '../../support/carrier-request.ts';
import type { Asked } from './gateway.ts';

export type Example = 'infobip' | 'kannel' | 'esendex';

export const SECRET = 'pa55word-&-s3cret';
export const RECEIPT_PATH = 'https://verify.example.com/carriers/acme/receipts/s3cret';

export const urls: CarrierUrls = {
  receipts: (key) => `${RECEIPT_PATH}?reference=${encodeURIComponent(key)}`,
  call: () => '',
};

/** As an operator would put it, with the address of a gateway and a time-out that tests can wait for. */
export function exampleOf(name: Example, url: string) {
  const file = join(import.meta.dirname, '../../../docs/examples/carriers', `${name}.json`);
  const { type, settings, secrets } = JSON.parse(readFileSync(file, 'utf8'));
  const named = Object.keys(secrets).map((secret) => [secret, SECRET]);
  return { type, settings: { ...settings, baseUrl: url, timeoutSeconds: 1 }, secrets: Object.fromEntries(named) };
}

export function exampleCarrier(
  name: Example,
  url: string,
  changes: { secrets?: object; urls?: CarrierUrls } = {},
): Carrier {
  const { settings, secrets } = exampleOf(name, url);
  const read = [httpSettings.parse(settings), httpSecrets.parse({ ...secrets, ...changes.secrets })] as const;
  return createHttpCarrier('acme', ...read, { urls: 'urls' in changes ? changes.urls : urls });
}

/** What is made of a request that a gateway reports with. */
export async function receiptsIn(name: Example, report: Asked): Promise<ParsedReceipts> {
  const query: Record<string, string> = Object.fromEntries(report.query);
  const { method, headers, body: rawBody } = report;
  return await parseReceipts(
    'http',
    carrierRequest({ method, headers, query, rawBody }),
    exampleOf(name, 'http://localhost'),
  );
}

/** A request that a gateway makes to one of our URLs. */
export function reportTo(url: string, report: { body?: string; type?: string } = {}): Asked {
  const { pathname, searchParams } = new URL(url);
  const { body = '', type } = report;
  return {
    method: type === undefined ? 'GET' : 'POST',
    path: pathname,
    query: searchParams,
    headers: type === undefined ? {} : { 'content-type': type },
    body,
  };
}
