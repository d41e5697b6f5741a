// Receipts of the sandbox over HTTP, so that tests and trials can play a carrier: `{messageId?, reference?, state, reason?}`.
import { deliveryStates, MAX_MESSAGE_ID, type Receipt } from '../domain/receipt.ts';
import type { ReceiptRequest } from './receipt-parsers.ts';

/** In the body, or in the query, as networks that ask with GET have it. */
export function parseSandboxReceipt({ query, body }: ReceiptRequest): Receipt[] | undefined {
  const given = { ...query, ...body };
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
