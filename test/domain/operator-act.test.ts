// What a timeline says of money moved by somebody else than the verification's own workflow.
import { expect, test } from 'vitest';
import { type OperatorAct, operatorActSentence } from '../../domain/operator-act.ts';

const act: OperatorAct = { row: 'r', kind: 'adjustment', amount: 45_000, reference: 'Ticket 12', at: new Date(0) };

test.each<[Partial<OperatorAct>, string]>([
  [{}, '0.045 EUR given back by the operator: Ticket 12'],
  [{ amount: -1_000_000 }, '1.00 EUR taken by the operator: Ticket 12'],
  [{ kind: 'charge' }, '0.045 EUR charged, since its workflow is gone: Ticket 12'],
  [{ kind: 'release' }, '0.045 EUR given back, since its workflow is gone: Ticket 12'],
])('%j reads as a sentence', (different, sentence) => {
  expect(operatorActSentence({ ...act, ...different }, 'EUR')).toBe(sentence);
});
