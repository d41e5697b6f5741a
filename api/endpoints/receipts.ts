// POST and GET /carriers/{name}/receipts/{secret}: what a carrier reports of messages it took over.
import type { Context } from 'koa';
import { z } from 'zod';
import { receiptParser } from '../../carriers/receipt-parsers.ts';
import { invalidFields, RefusedError } from '../../domain/errors.ts';
import { count } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import type { Operation } from '../operation.ts';

const receipts = {
  path: '/carriers/:name/receipts/:secret',
  tag: 'Carriers',
  security: 'receiptSecret',
  params: z.object({
    name: z.string().describe('The carrier, as operators named it.'),
    secret: z.string().describe('Of this carrier’s path alone. Whoever has it can send receipts, so the path is one.'),
  }),
  answer: z.object({ received: count.describe('Receipts that were in it.') }),
  errors: ['noSuchPath', 'invalidData', 'unavailable'],
} as const satisfies Partial<Operation>;

export const postReceiptsOperation: Operation = {
  ...receipts,
  id: 'postReceipts',
  method: 'post',
  summary: 'Take the receipts of a carrier',
  description:
    'For carriers, in the form of each. 200 once everything in it is kept; what is sent again changes nothing. A receipt never verifies anything.',
  body: {
    schema: z.record(z.string(), z.unknown()).describe('As the carrier has it; the query counts, too.'),
    types: ['json', 'form'],
  },
};

export const getReceiptsOperation: Operation = {
  ...receipts,
  id: 'getReceipts',
  method: 'get',
  summary: 'Take the receipts of a carrier that asks with GET',
  description: 'The same for carriers that put everything into the query.',
};

/** One handler for both. */
export function takeReceipts({ takeReceipt }: Pick<ApiDeps, 'takeReceipt'>) {
  return async function carrierReceipts(ctx: Context) {
    const parse = receiptParser(ctx.state.carrierType);
    // One whose receipts come another way has no such path.
    if (!parse) throw new RefusedError('noSuchPath');
    const { query, headers } = ctx;
    const { body = {}, rawBody = '' } = ctx.request as { body?: Record<string, unknown>; rawBody?: string };
    const found = parse({ query, headers, body, rawBody });
    if (!found) throw invalidFields({ body: 'must be receipts as this type of carrier sends them' });
    for (const receipt of found) await takeReceipt(ctx.params.name, receipt);
    ctx.body = { received: found.length };
  };
}
