// What an operator does about ranges of numbers that the plans we know do not have: vouches for one, or takes his word back.
import { type NumberRange, rangeProblems } from '../domain/number-range.ts';
import { changeAudited, insertAudited, removeAudited } from '../store/audited.ts';
import type { NumberRangeDocument } from '../store/documents.ts';
import { actOf, type Operator, OperatorRefusal, unknown } from './operator.ts';

/** Puts a range in the place of what stands under its prefix. Counts for the next start; one under way keeps its price. */
export async function putNumberRange(operator: Operator, range: NumberRange): Promise<NumberRange> {
  const problems = rangeProblems(range);
  if (Object.keys(problems).length > 0) throw new OperatorRefusal('invalid', problems);
  const { database } = operator;
  const { prefix: _id, type, country } = range;
  const act = (before: Pick<NumberRange, 'type' | 'country'> | null) =>
    actOf(operator, 'numberRange.put', { prefix: _id, before, after: { type, country } });
  for (;;) {
    const changed = await changeAudited(database, database.numberRanges, _id, (standing) => {
      if (standing.type === type && standing.country === country) return undefined;
      return { set: { type, country }, act: act({ type: standing.type, country: standing.country }) };
    });
    if (changed || (await insertAudited(database, database.numberRanges, { _id, ...range }, act(null)))) return range;
  }
}

/** Takes the word back: numbers of the range are what the plan says again. @returns what stood there */
export async function removeNumberRange(operator: Operator, prefix: string): Promise<NumberRangeDocument> {
  const { database } = operator;
  const removed = await removeAudited(database, database.numberRanges, prefix, ({ type, country }) =>
    actOf(operator, 'numberRange.delete', { prefix, before: { type, country } }),
  );
  if (!removed) throw unknown('prefix', 'number range', prefix);
  return removed;
}
