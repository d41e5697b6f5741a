// Operators of the management API; of their tokens only keyed hashes are kept.
import type { Database } from './database.ts';
import type { OperatorDocument } from './operator-documents.ts';
import { findPage, type Page, type PageRequest } from './page.ts';

type Operators = Pick<Database, 'operators'>;

/** The operator with this public part of a token, or null; revoked and expired ones, too. */
export async function findOperator({ operators }: Operators, id: string): Promise<OperatorDocument | null> {
  return await operators.findOne({ _id: id });
}

/** A page of operators, the newest first. */
export async function listOperators({ operators }: Operators, page: PageRequest): Promise<Page<OperatorDocument>> {
  return await findPage(operators, {}, { createdAt: -1, _id: -1 }, page);
}

/** Operators of a name, made by somebody, that are not revoked. */
export async function activeOperators(
  { operators }: Operators,
  name: string,
  createdBy: string,
): Promise<OperatorDocument[]> {
  return await operators.find({ name, createdBy, revokedAt: { $exists: false } }).toArray();
}
