// The audit trail: who did what, when, and what was before and after.
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { AuditDocument } from './documents.ts';

/** Adds an act; the same `_id` again changes nothing. */
export async function noteAct({ audit }: Pick<Database, 'audit'>, act: AuditDocument): Promise<void> {
  try {
    await audit.insertOne(act);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
