// One page of a collection: the rows, newest first, and how many there are in all, up to 100,000.
import type { Collection, Document, Filter, Sort } from 'mongodb';

export interface PageRequest {
  /** From 0. */
  readonly page: number;
  readonly size: number;
}

export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** Counting looks at every row, so a list says "so many" at most. */
const MOST_COUNTED = 100_000;

/** The filter for a period of which `from` counts and `to` does not; undefined where it is open on both sides. */
export function within(from: Date | undefined, to: Date | undefined): { $gte?: Date; $lt?: Date } | undefined {
  return from || to ? { ...(from && { $gte: from }), ...(to && { $lt: to }) } : undefined;
}

/** Reads one page of what the filter finds; the order must be complete, so that no row is on two pages. */
export async function findPage<D extends Document>(
  collection: Collection<D>,
  filter: Filter<D>,
  order: Sort,
  { page, size }: PageRequest,
): Promise<Page<D>> {
  const [total, rows] = await Promise.all([
    collection.countDocuments(filter, { limit: MOST_COUNTED }),
    collection
      .find(filter)
      .sort(order)
      .skip(page * size)
      .limit(size)
      .toArray(),
  ]);
  return { rows: rows as unknown as D[], total };
}
