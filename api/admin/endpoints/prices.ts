// GET /admin/prices, PUT and DELETE /admin/prices/{country}/{method}: the price list, and one price of it.
import { z } from 'zod';
import { unknown } from '../../../admin/operator.ts';
import { deletePrice, putPrice } from '../../../admin/prices.ts';
import { type ListedPrice, MAX_UNIT_PRICE, readPricedPlace } from '../../../domain/price-list.ts';
import { allPrices, findPrice } from '../../../store/prices.ts';
import { word } from '../../fields.ts';
import { pageBody, pageOf } from '../../paging.ts';
import { endpoint } from '../endpoint.ts';
import { amount, optional, pageAnswer, pageQuery, required } from '../fields.ts';
import { priceBody, showPrice } from '../price-body.ts';

const SOURCE = 'management API';
const tag = 'Prices';

const country = z
  .string('must be given once')
  .refine((code) => readPricedPlace(code) !== undefined, 'must be an ISO 3166 code of two letters, or default')
  .transform((code) => readPricedPlace(code) ?? code);

const query = z.object({
  ...pageQuery,
  country: optional(country).describe('Only this country.'),
  method: optional(word('sms', 'voice')).describe('Only this method.'),
});

export const getPrices = endpoint(
  {
    id: 'listPrices',
    method: 'get',
    path: '/admin/prices',
    tag,
    summary: 'List prices',
    description: 'By country and method.',
    scope: 'prices:read',
    query,
    answer: pageAnswer(priceBody),
  },
  async ({ database }, { query: { page, size, ...filter } }) => {
    const asked = pageOf({ page, size });
    const wanted = (await allPrices(database))
      .filter((row) => !filter.country || row.country === filter.country)
      .filter((row) => !filter.method || row.method === filter.method)
      .sort((a, b) => a._id.localeCompare(b._id));
    const shown = wanted.slice(asked.page * asked.size, (asked.page + 1) * asked.size);
    return pageBody(shown.map(showPrice), wanted.length, asked);
  },
);

const params = z.object({
  country: country.describe('ISO 3166 alpha-2, or `default`.'),
  method: word('sms', 'voice').describe('sms or voice.'),
});

const fields = z.object({
  price: required(amount(0, MAX_UNIT_PRICE)).describe('What a customer pays for one part, with up to 6 decimals.'),
  cost: optional(amount(0, MAX_UNIT_PRICE)).describe('What the carrier bills, where known; never charged.'),
});

export const putOnePrice = endpoint(
  {
    id: 'putPrice',
    method: 'put',
    path: '/admin/prices/:country/:method',
    tag,
    summary: 'Put a price',
    description: 'Verifications under way keep the price they started with. Prices of single networks stay.',
    scope: 'prices:write',
    params,
    body: { schema: fields, types: ['json'] },
    answer: priceBody,
  },
  async ({ database }, { operator, params: place, body: { price, cost } }) => {
    const networks = (await findPrice(database, place))?.networks;
    const put: ListedPrice = { ...place, price, ...(cost !== undefined && { cost }), ...(networks && { networks }) };
    await putPrice(operator, put, SOURCE);
    return showPrice(put);
  },
);

export const deleteOnePrice = endpoint(
  {
    id: 'deletePrice',
    method: 'delete',
    path: '/admin/prices/:country/:method',
    tag,
    summary: 'Take a price away',
    description: 'The country is no longer served by this method. Answers what stood there.',
    scope: 'prices:write',
    params,
    answer: priceBody,
  },
  async ({ database }, { operator, params: place }) => {
    const before = await findPrice(database, place);
    if (!before || !(await deletePrice(operator, place, SOURCE))) {
      throw unknown('country', 'price', `${place.country}:${place.method}`);
    }
    return showPrice(before);
  },
);
