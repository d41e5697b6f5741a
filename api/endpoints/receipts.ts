// POST and GET /carriers/{name}/receipts/{secret}: what a carrier reports of messages it took over.
import type { Context } from 'koa';
import { z } from 'zod';
import {
  acknowledgementFor,
  hasReceiptParser,
  parseReceipts,
  takesUnreadable,
} from '../../carriers/receipt-parsers.ts';
import { invalidFields, RefusedError } from '../../domain/errors.ts';
import type { CarrierDocument } from '../../store/carrier-documents.ts';
import { count } from '../answers.ts';
import { carrierRequest, configurationOf } from '../carrier-request.ts';
import type { ApiDeps } from '../deps.ts';
import { notGenuineRefusal } from '../not-genuine.ts';
import type { Operation } from '../operation.ts';
import { unreadableNote } from '../unreadable.ts';

const receipts = {
  path: '/carriers/:name/receipts/:secret',
  tag: 'Carriers',
  security: 'receiptSecret',
  params: z.object({
    name: z.string().describe('The carrier, as operators named it.'),
    secret: z.string().describe('Of this carrier’s path alone. Whoever has it can send receipts, so the path is one.'),
  }),
  answer: z.object({ received: count.describe('Receipts that were in it.') }),
  errors: ['unauthorised', 'noSuchPath', 'invalidData', 'unavailable'],
} as const satisfies Partial<Operation>;

export const postReceiptsOperation: Operation = {
  ...receipts,
  id: 'postReceipts',
  method: 'post',
  summary: 'Take the receipts of a carrier',
  description:
    'For carriers, in the form of each. 200 once everything in it is kept; what is sent again changes nothing. A receipt never verifies anything. A carrier that was configured to want other words gets them as plain text.',
  body: {
    schema: z.unknown().describe('As the carrier has it; the query counts, too.'),
    types: ['json', 'form', 'xml', 'text'],
    ofCarrier: true,
  },
};

export const getReceiptsOperation: Operation = {
  ...receipts,
  id: 'getReceipts',
  method: 'get',
  summary: 'Take the receipts of a carrier that asks with GET',
  description: 'The same for carriers that put everything into the query.',
};

/** In one request: each is written on its own, and the carrier waits. */
const MOST_RECEIPTS = 1_000;

/** One handler for both. */
export function takeReceipts(deps: Pick<ApiDeps, 'ring' | 'publicUrl' | 'takeReceipt' | 'logger'>) {
  const notGenuine = notGenuineRefusal(deps.logger);
  const noteUnreadable = unreadableNote(deps.logger);
  return async function carrierReceipts(ctx: Context) {
    const { carrier } = ctx.state as { carrier: CarrierDocument };
    // One whose receipts come another way has no such path.
    if (!hasReceiptParser(carrier.type)) throw new RefusedError('noSuchPath');
    const request = carrierRequest(ctx, deps.publicUrl);
    const configuration = configurationOf(deps, carrier);
    const read = await parseReceipts(carrier.type, request, configuration);
    if (read === 'notGenuine') throw notGenuine(carrier._id);
    if (!read) noteUnreadable(carrier._id);
    const found = read ?? (takesUnreadable(carrier.type, configuration) ? [] : undefined);
    if (!found) throw invalidFields({ body: 'must be receipts as this type of carrier sends them' });
    if (found.length > MOST_RECEIPTS) throw invalidFields({ body: `must be at most ${MOST_RECEIPTS} receipts` });
    for (const receipt of found) await deps.takeReceipt(carrier._id, receipt);
    ctx.body = acknowledgementFor(carrier.type, configuration) ?? { received: found.length };
  };
}
