// Who acts, on which database; every act leaves a row in the audit trail.
import { randomUUID } from 'node:crypto';
import { noteAct } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import type { AuditDocument } from '../store/operator-documents.ts';

export interface Operator {
  readonly database: Database;
  /** The name that stands in the audit trail. */
  readonly actor: string;
  /** With a token of the management API, its public part. */
  readonly operatorId?: string;
}

/**
 * Why an act was refused: the message is for whoever reads it alone, on a command line; `problems` for beside the fields'
 * names, and then `sentence`, if any, for above them.
 */
export class OperatorRefusal extends Error {
  override readonly name = 'OperatorRefusal';
  readonly kind: 'unknown' | 'invalid' | 'notGranted';
  readonly problems: Readonly<Record<string, string>>;
  readonly sentence: string | undefined;

  constructor(
    kind: OperatorRefusal['kind'],
    problems: Readonly<Record<string, string>>,
    { message, sentence }: { readonly message?: string | undefined; readonly sentence?: string } = {},
  ) {
    super(
      message ??
        Object.entries(problems)
          .map(([field, problem]) => `${field}: ${problem}`)
          .join('\n'),
    );
    this.kind = kind;
    this.problems = problems;
    this.sentence = sentence;
  }
}

/** A refusal for what is not there: a kind of thing, and which one. */
export function unknown(field: string, kind: string, which: string): OperatorRefusal {
  const words = { message: `There is no ${kind} ${which}`, sentence: `There is no such ${kind}.` };
  return new OperatorRefusal('unknown', { [field]: 'is unknown' }, words);
}

/** A refusal for one field; the message defaults to field and problem. */
export function invalid(field: string, problem: string, message?: string): OperatorRefusal {
  return new OperatorRefusal('invalid', { [field]: problem }, { message });
}

/** A refusal of what the operator may not hand on, or take from others, for lack of scopes himself. */
export function notGranted(problem: string): OperatorRefusal {
  const sentence = 'You lack a scope that this hands on or takes away.';
  return new OperatorRefusal('notGranted', { scopes: problem }, { sentence });
}

/** The audit row of an act, to be written with it or by `leaveTrace`. */
export function actOf(
  { actor, operatorId }: Operator,
  action: string,
  details: AuditDocument['details'],
  id: string = randomUUID(),
): AuditDocument {
  return { _id: id, at: new Date(), actor, action, details, ...(operatorId !== undefined && { operatorId }) };
}

/** Writes an audit row; with an `id` of its own a repeat of the act writes no second one. */
export async function leaveTrace(
  operator: Operator,
  action: string,
  details: AuditDocument['details'],
  id?: string,
): Promise<void> {
  await noteAct(operator.database, actOf(operator, action, details, id));
}
