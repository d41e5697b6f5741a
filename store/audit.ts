// The audit trail: who did what, when, and what was before and after.
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { AuditDocument } from './operator-documents.ts';
import { findPage, type Page, type PageRequest, within } from './page.ts';

/** Adds an act; the same `_id` again changes nothing. */
export async function noteAct({ audit }: Pick<Database, 'audit'>, act: AuditDocument): Promise<void> {
  try {
    await audit.insertOne(act);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

export interface ActFilter {
  readonly actor?: string | undefined;
  readonly operatorId?: string | undefined;
  readonly action?: string | undefined;
  readonly accountId?: string | undefined;
  readonly applicationId?: string | undefined;
  /** `from` counts, `to` does not. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** A page of the trail, newest first. */
export async function findActs(
  { audit }: Pick<Database, 'audit'>,
  { from, to, accountId, applicationId, ...exact }: ActFilter,
  page: PageRequest,
): Promise<Page<AuditDocument>> {
  const filter = {
    ...exact,
    'details.accountId': accountId,
    'details.applicationId': applicationId,
    at: within(from, to),
  };
  return await findPage(audit, filter, { at: -1, _id: -1 }, page);
}

/** How many acts of a kind with these details were done since an instant. */
export async function countActs(
  { audit }: Pick<Database, 'audit'>,
  action: string,
  details: Readonly<Record<string, string>>,
  since: Date,
): Promise<number> {
  const exact = Object.fromEntries(Object.entries(details).map(([name, value]) => [`details.${name}`, value]));
  return await audit.countDocuments({ at: { $gte: since }, action, ...exact });
}
