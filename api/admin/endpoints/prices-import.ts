// POST /admin/prices/import: what a price list would change, and with `apply` changes it.
import { z } from 'zod';
import { OperatorRefusal } from '../../../admin/operator.ts';
import { readPriceFile } from '../../../admin/price-file.ts';
import { applyPrices, previewPrices } from '../../../admin/prices.ts';
import type { PriceChange } from '../../../domain/price-changes.ts';
import { readPriceList } from '../../../domain/price-list.ts';
import { endpoint } from '../endpoint.ts';
import { flag, optional } from '../fields.ts';
import { priceBody, showPrice } from '../price-body.ts';

/** Lines named in one answer. */
const MAX_NAMED = 50;

const fields = z
  .object({
    csv: optional(z.string('must be a string')).describe(
      'A header line and a line per price: country, method, price; if known cost; mcc, mnc, network for one network.',
    ),
    prices: optional(z.array(z.unknown(), 'must be an array')).describe('The same as objects, in place of csv.'),
    replace: optional(flag).describe('true removes prices that the list leaves out; they stay otherwise.'),
    apply: optional(flag).describe('true makes the changes; otherwise they are only shown.'),
  })
  .refine(({ csv, prices }) => (csv === undefined) !== (prices === undefined), {
    path: ['csv'],
    message: 'or prices must be given, and not both',
  });

const change = z.object({
  place: z.string().describe('Such as GR:sms.'),
  before: priceBody.optional().describe('What stands there.'),
  after: priceBody.optional().describe('What comes there.'),
});

export const postPriceImport = endpoint(
  {
    id: 'importPrices',
    method: 'post',
    path: '/admin/prices/import',
    tag: 'Prices',
    summary: 'Preview or apply a price list',
    description: 'A list with a bad line changes nothing; `properties` names the lines. Objects are counted as lines.',
    scope: 'prices:write',
    body: { schema: fields, types: ['json'] },
    answer: z.object({
      applied: z.boolean().describe('Whether the changes were made.'),
      added: z.array(change).describe('Prices that were not there.'),
      changed: z.array(change).describe('Prices that become others.'),
      removed: z.array(change).describe('With replace: prices the list leaves out.'),
      unchanged: z.int().describe('Prices that stand as the list has them.'),
      kept: z.int().describe('Prices that are not in the list and stay.'),
    }),
  },
  async ({ database }, { operator, body: { csv, prices, replace = false, apply = false } }) => {
    const read =
      csv === undefined ? readPriceFile('list.json', JSON.stringify(prices)) : readPriceFile('list.csv', csv);
    const list = readPriceList(read.lines);
    const bad = [...read.bad, ...list.bad];
    if (bad.length === 0 && list.prices.length === 0) bad.push({ line: 1, reason: 'holds no price' });
    if (bad.length > 0) {
      const named = bad.sort((a, b) => a.line - b.line).slice(0, MAX_NAMED);
      throw new OperatorRefusal(
        'invalid',
        Object.fromEntries(named.map(({ line, reason }) => [`line ${line}`, reason])),
      );
    }
    const changes = await previewPrices(database, list.prices, replace);
    if (apply) await applyPrices(operator, changes, 'management API');
    const { added, changed, removed, unchanged, kept } = changes;
    const show = (some: readonly PriceChange[]) => some.map(showChange);
    return { applied: apply, added: show(added), changed: show(changed), removed: show(removed), unchanged, kept };
  },
);

function showChange({ place, before, after }: PriceChange): z.output<typeof change> {
  return { place, ...(before && { before: showPrice(before) }), ...(after && { after: showPrice(after) }) };
}
