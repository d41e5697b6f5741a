// When secrets of applications and tokens of operators were last used, to the minute, so that nobody deletes what still serves.
import type { Collection, Filter, UpdateFilter } from 'mongodb';
import type { Database } from './database.ts';
import type { ApplicationDocument } from './documents.ts';
import type { OperatorDocument } from './operator-documents.ts';

/** A use so soon after the one that is noted is not written. */
const NOTE_EVERY_MS = 60_000;
/** Beyond this many the memory begins anew; the documents still hold most writes back. */
const MAX_REMEMBERED = 10_000;

/** What this process noted, by collection, since many requests may have read the document before one has written it. */
const remembered = new WeakMap<object, Map<string, number>>();

/** Notes that a secret of an application, or a token made with it, was used. Never waits, never fails. */
export function noteSecretUse(
  { applications }: Pick<Database, 'applications'>,
  { _id, secretUses = {} }: ApplicationDocument,
  secretId: string,
  now = Date.now(),
): void {
  note(applications, _id, `secretUses.${secretId}`, secretUses[secretId], now);
}

/** Notes that an operator's token was used. Never waits, never fails. */
export function noteOperatorUse(
  { operators }: Pick<Database, 'operators'>,
  { _id, lastUsedAt }: OperatorDocument,
  now = Date.now(),
): void {
  note(operators, _id, 'lastUsedAt', lastUsedAt, now);
}

function note<D extends { readonly _id: string }>(
  collection: Collection<D>,
  _id: string,
  path: string,
  last: Date | undefined,
  now: number,
): void {
  const notes = remembered.get(collection) ?? new Map<string, number>();
  remembered.set(collection, notes);
  const key = `${_id}.${path}`;
  if (now - Math.max(last?.getTime() ?? 0, notes.get(key) ?? 0) < NOTE_EVERY_MS) return;
  if (notes.size >= MAX_REMEMBERED) notes.clear();
  notes.set(key, now);
  const at = new Date(now);
  // No newer one is replaced, whatever another process has noted meanwhile.
  const older = { _id, $or: [{ [path]: { $exists: false } }, { [path]: { $lt: at } }] } as unknown as Filter<D>;
  collection.updateOne(older, { $set: { [path]: at } } as unknown as UpdateFilter<D>).catch(() => notes.delete(key));
}
