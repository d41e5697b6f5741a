// Reads of the ranges that operators vouch for; changes go through store/audited.ts.
import { type NumberRange, prefixesOf } from '../domain/number-range.ts';
import { unknownNumber } from '../domain/phone.ts';
import type { Database } from './database.ts';
import type { NumberRangeDocument } from './documents.ts';

type Ranges = Pick<Database, 'numberRanges'>;

/** The narrowest range a number lies in. Only numbers that nobody else can speak for are looked up, by their beginnings as ids. */
export async function findNumberRange({ numberRanges }: Ranges, text: string): Promise<NumberRange | undefined> {
  const number = unknownNumber(text);
  if (number === undefined) return undefined;
  const found = await numberRanges.find({ _id: { $in: prefixesOf(number) } }).toArray();
  return found.sort((a, b) => b._id.length - a._id.length)[0];
}

/** Every range, by prefix. */
export async function allNumberRanges({ numberRanges }: Ranges): Promise<NumberRangeDocument[]> {
  return (await numberRanges.find().toArray()).sort((a, b) => a._id.localeCompare(b._id));
}
