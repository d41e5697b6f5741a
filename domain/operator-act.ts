// What was done about a verification's money by somebody else than its workflow, in one sentence.
import { money } from './timeline.ts';

export interface OperatorAct {
  /** The `_id` of the ledger row it left. */
  readonly row: string;
  readonly kind: 'adjustment' | 'charge' | 'release';
  /** In micros; signed with an adjustment. */
  readonly amount: number;
  readonly reference: string;
  readonly at: Date;
}

/** One sentence for the timeline; amounts in the account's currency. */
export function operatorActSentence({ kind, amount, reference }: OperatorAct, currency: string): string {
  const sum = money(Math.abs(amount), currency);
  const did =
    kind === 'adjustment' ? (amount < 0 ? 'taken by the operator' : 'given back by the operator') : settled[kind];
  return `${sum} ${did}: ${reference}`;
}

const settled = { charge: 'charged, since its workflow is gone', release: 'given back, since its workflow is gone' };
