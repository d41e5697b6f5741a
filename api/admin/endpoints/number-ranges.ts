// GET /admin/number-ranges, PUT and DELETE /admin/number-ranges/{prefix}: which numbers beyond the plans we know are taken.
import { z } from 'zod';
import { putNumberRange, removeNumberRange } from '../../../admin/number-ranges.ts';
import { type NumberRange, RANGE_PREFIX, rangeTypes } from '../../../domain/number-range.ts';
import { allNumberRanges } from '../../../store/number-ranges.ts';
import { wordOf } from '../../fields.ts';
import { pageBody, pageOf } from '../../paging.ts';
import { placeField } from '../../place-field.ts';
import { endpoint } from '../endpoint.ts';
import { pageAnswer, pageQuery, required } from '../fields.ts';

const path = '/admin/number-ranges/:prefix';
const tag = 'Prices';

const params = z.object({
  prefix: z
    .string()
    .regex(RANGE_PREFIX, 'must be + and the first digits of numbers, in international format')
    .describe('How its numbers begin, such as `+1436`.'),
});

const fields = z.strictObject({
  type: required(wordOf(rangeTypes)).describe('The kind of its numbers, which decides what reaches them.'),
  country: required(placeField).describe('Whose price its numbers have: ISO 3166-1 alpha-2.'),
});

const rangeBody = z.object({
  prefix: z.string().describe('How its numbers begin.'),
  type: z.enum(rangeTypes).describe('The kind of its numbers.'),
  country: z.string().describe('Whose price they have.'),
});

export const getNumberRanges = endpoint(
  {
    id: 'listNumberRanges',
    method: 'get',
    path: '/admin/number-ranges',
    tag,
    summary: 'List number ranges',
    description: 'By prefix.',
    scope: 'prices:read',
    query: z.object(pageQuery),
    answer: pageAnswer(rangeBody),
  },
  async ({ database }, { query }) => {
    const asked = pageOf(query);
    const all = await allNumberRanges(database);
    const shown = all.slice(asked.page * asked.size, (asked.page + 1) * asked.size);
    return pageBody(shown.map(showRange), all.length, asked);
  },
);

export const putOneNumberRange = endpoint(
  {
    id: 'putNumberRange',
    method: 'put',
    path,
    tag,
    summary: 'Vouch for a range of numbers',
    description:
      'For area codes that are younger than the numbering plan we know. A number under the prefix that is not valid, yet of a ' +
      'possible length, is taken: the type decides whether SMS or a call reaches it, the country what it costs. Numbers that the ' +
      'plan knows stay what they are; the longest prefix counts.',
    scope: 'prices:write',
    params,
    body: { schema: fields, types: ['json'] },
    answer: rangeBody,
  },
  async (_, { operator, params: { prefix }, body }) => showRange(await putNumberRange(operator, { prefix, ...body })),
);

export const deleteOneNumberRange = endpoint(
  {
    id: 'deleteNumberRange',
    method: 'delete',
    path,
    tag,
    summary: 'Stop vouching for a range of numbers',
    description: 'Its numbers are what the plan we know says again. Answers what stood there.',
    scope: 'prices:write',
    params,
    answer: rangeBody,
  },
  async (_, { operator, params: { prefix } }) => showRange(await removeNumberRange(operator, prefix)),
);

function showRange({ prefix, type, country }: NumberRange): z.output<typeof rangeBody> {
  return { prefix, type, country };
}
