// Receipts of the sandbox over HTTP, so that tests and trials can play a carrier: `{messageId?, reference?, state, reason?}`.
import { deliveryStates, MAX_MESSAGE_ID, type Receipt } from '../../domain/receipt.ts';
import type { CarrierRequest } from '../carrier-request.ts';

/** In the body, or in the query, as networks that ask with GET have it. */
export function parseSandboxReceipt({ query, body }: CarrierRequest): Receipt[] | undefined {
  const given: Readonly<Record<string, unknown>> = { ...query, ...(typeof body === 'object' ? body : {}) };
  const messageId = text(given.messageId);
  const reference = text(given.reference);
  const reason = text(given.reason);
  const state = deliveryStates.find((each) => each === given.state);
  if (state === undefined || (messageId === undefined && reference === undefined)) return undefined;
  return [
    {
      ...(messageId !== undefined && { messageId }),
      ...(reference !== undefined && { reference }),
      state,
      ...(reason !== undefined && { reason }),
    },
  ];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= MAX_MESSAGE_ID ? value : undefined;
}
