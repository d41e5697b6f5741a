// Who acts, on which database; every act leaves a row in the audit trail.
import { randomUUID } from 'node:crypto';
import { noteAct } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import type { AuditDocument } from '../store/documents.ts';

export interface Operator {
  readonly database: Database;
  /** The name that stands in the audit trail. */
  readonly actor: string;
}

/** Writes an audit row; with an `id` of its own a repeat of the act writes no second one. */
export async function leaveTrace(
  { database, actor }: Operator,
  action: string,
  details: AuditDocument['details'],
  id: string = randomUUID(),
): Promise<void> {
  await noteAct(database, { _id: id, at: new Date(), actor, action, details });
}
