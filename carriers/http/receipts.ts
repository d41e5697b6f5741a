// Receipts of a gateway, read as its configuration says.
import type { DeliveryState, Receipt } from '../../domain/receipt.ts';
import type { CarrierRequest, Configuration } from '../carrier-request.ts';
import { isGenuine } from './digest.ts';
import { findAll, findText } from './path.ts';
import type { ReceiptSettings } from './receipt-settings.ts';
import { firstRule } from './rules.ts';
import type { HttpSecrets, HttpSettings } from './settings.ts';
import { readTree } from './tree.ts';

/** Undefined for what is none of its reports, and where no receipts were agreed on. */
export function parseHttpReceipts(
  request: CarrierRequest,
  { settings, secrets }: Configuration<HttpSettings, HttpSecrets>,
): Receipt[] | undefined | 'notGenuine' {
  const { receipts } = settings;
  if (!receipts) return undefined;
  if (!isGenuine(receipts.signature, request.headers, request.rawBytes, secrets)) return 'notGenuine';
  const tree =
    receipts.format === 'query' ? request.query : readTree(receipts.format, request.rawBody, receipts.pattern);
  const reports = receipts.list === undefined ? [tree] : findAll(tree, receipts.list);
  const read = reports.map((report) => readReport(report, receipts, request));
  if (read.every((each) => each === undefined)) return undefined;
  return read.filter((each) => each !== undefined && each !== 'ignored') as Receipt[];
}

/** Undefined for what names no message. */
function readReport(
  report: unknown,
  { messageId, reference, reason, states }: ReceiptSettings,
  request: CarrierRequest,
): Receipt | 'ignored' | undefined {
  const ours = findText(report, reference) ?? textIn(request.query.reference);
  const id = findText(report, messageId);
  if (report === undefined || (id ?? ours) === undefined) return undefined;
  const state: DeliveryState | 'ignored' =
    firstRule(states, { text: request.rawBody, tree: report })?.means ?? 'underway';
  if (state === 'ignored') return 'ignored';
  const why = state === 'delivered' ? undefined : findText(report, reason);
  return {
    // Our reference is no name of the gateway's: the answer to the request may have had another.
    ...(id !== undefined && { messageId: id }),
    ...(ours !== undefined && { reference: ours }),
    state,
    ...(why !== undefined && { reason: why }),
  };
}

const textIn = (value: string | string[] | undefined) =>
  typeof value === 'string' && value !== '' ? value : undefined;
