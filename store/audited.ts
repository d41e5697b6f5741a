// Changes of documents that operators make: none is lost to another made at once, and none is without its audit row.
import type { Collection, Filter, OptionalUnlessRequiredId, UpdateFilter } from 'mongodb';
import { RefusedError } from '../domain/errors.ts';
import { noteAct } from './audit.ts';
import { type Database, isDuplicateKey } from './database.ts';
import type { AuditDocument, AuditedDocument } from './operator-documents.ts';

/** Others were first this many times in a row before the caller is asked to repeat. */
const MAX_ROUNDS = 50;

export interface Change {
  /** By path, as `$set` has them. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Paths. */
  readonly unset?: readonly string[];
  readonly act: AuditDocument;
}

/**
 * Reads a document, lets `decide` say what becomes of it, and writes that only while the document is as it was read, together
 * with its audit row, which then moves to the trail. `decide` may throw, or return undefined to change nothing.
 * @returns the document as it stands afterwards; null where there is none.
 */
export async function changeAudited<D extends AuditedDocument>(
  database: Pick<Database, 'audit'>,
  collection: Collection<D>,
  _id: string,
  decide: (document: D) => Change | undefined,
): Promise<D | null> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const document = (await collection.findOne({ _id } as Filter<D>)) as D | null;
    if (!document) return null;
    if (document.lastAct) await moveToTrail(database, collection, document.lastAct, _id);
    const change = decide(document);
    if (!change) return document;
    const { set = {}, unset = [], act } = change;
    const { version } = document;
    const asRead = { _id, version: version ?? { $exists: false } } as unknown as Filter<D>;
    const update = {
      $set: { ...set, version: (version ?? 0) + 1, lastAct: act },
      ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map((path) => [path, ''])) }),
    } as unknown as UpdateFilter<D>;
    if ((await collection.updateOne(asRead, update)).matchedCount === 0) continue;
    await tryToMove(database, collection, act, _id);
    return applied(document, set, unset);
  }
  throw new RefusedError('unavailable', { retryAfterSeconds: 1 });
}

/** Adds a document together with the audit row of its making; false where its id is taken. */
export async function insertAudited<D extends AuditedDocument>(
  database: Pick<Database, 'audit'>,
  collection: Collection<D>,
  document: D,
  act: AuditDocument,
): Promise<boolean> {
  try {
    await collection.insertOne({ ...document, version: 1, lastAct: act } as unknown as OptionalUnlessRequiredId<D>);
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
  await tryToMove(database, collection, act, document._id);
  return true;
}

/**
 * Takes a document away while it is as it was read; its audit row is written first, so that none goes without a trace.
 * `decide` may throw.
 * @returns the document as it was; null where there is none.
 */
export async function removeAudited<D extends AuditedDocument>(
  database: Pick<Database, 'audit'>,
  collection: Collection<D>,
  _id: string,
  decide: (document: D) => AuditDocument,
): Promise<D | null> {
  let row: AuditDocument | undefined;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const document = (await collection.findOne({ _id } as Filter<D>)) as D | null;
    if (!document) return null;
    if (document.lastAct) await moveToTrail(database, collection, document.lastAct, _id);
    const act = decide(document);
    // One row, however often others were first.
    row ??= act;
    await noteAct(database, row);
    const asRead = { _id, version: document.version ?? { $exists: false } } as unknown as Filter<D>;
    if ((await collection.deleteOne(asRead)).deletedCount === 1) return document;
  }
  throw new RefusedError('unavailable', { retryAfterSeconds: 1 });
}

/** The change stands, so its caller is told so: what shows a secret once must not fail now. The row waits in the document. */
async function tryToMove<D extends AuditedDocument>(
  database: Pick<Database, 'audit'>,
  collection: Collection<D>,
  act: AuditDocument,
  _id: string,
): Promise<void> {
  await moveToTrail(database, collection, act, _id).catch(() => undefined);
}

/** The document as the database has it after `$set` and `$unset` of these paths. */
function applied<D extends AuditedDocument>(
  document: D,
  set: Readonly<Record<string, unknown>>,
  unset: readonly string[],
): D {
  const changed: Record<string, unknown> = structuredClone(document as Record<string, unknown>);
  const at = (path: string, then: (parent: Record<string, unknown>, key: string) => void) => {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let parent = changed;
    for (const key of keys) {
      parent[key] ??= {};
      parent = parent[key] as Record<string, unknown>;
    }
    then(parent, last);
  };
  for (const [path, value] of Object.entries(set)) {
    at(path, (parent, key) => {
      parent[key] = value;
    });
  }
  for (const path of unset) at(path, (parent, key) => delete parent[key]);
  return changed as D;
}

/** Adds the rows that a crash kept from the trail. */
export async function completeTrail(
  database: Pick<
    Database,
    'audit' | 'accounts' | 'applications' | 'operators' | 'carriers' | 'routes' | 'numberRanges'
  >,
): Promise<void> {
  const collections = [
    database.accounts,
    database.applications,
    database.operators,
    database.carriers,
    database.routes,
    database.numberRanges,
  ] as unknown as Collection<AuditedDocument>[];
  for (const collection of collections) {
    const left = await collection.find({ lastAct: { $exists: true } }).toArray();
    for (const { _id, lastAct } of left) if (lastAct) await moveToTrail(database, collection, lastAct, _id);
  }
}

async function moveToTrail<D extends AuditedDocument>(
  database: Pick<Database, 'audit'>,
  collection: Collection<D>,
  act: AuditDocument,
  _id: string,
): Promise<void> {
  await noteAct(database, act);
  const same = { _id, 'lastAct._id': act._id } as unknown as Filter<D>;
  await collection.updateOne(same, { $unset: { lastAct: '' } } as unknown as UpdateFilter<D>);
}
