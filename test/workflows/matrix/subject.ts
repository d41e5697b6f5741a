// A kind of carrier as the matrix plays it, with a network behind it that does as it is told.
import type { Carrier } from '../../../carriers/carrier.ts';
import type { Method } from '../../../domain/method.ts';
import type { Receipt } from '../../../domain/receipt.ts';
import type { Outcome } from '../../support/scripted-carrier.ts';
import type { Case } from './cases.ts';

/** What the network does with a message, by its recipient. `taken` is called once it has it, before it answers. */
export interface Script {
  readonly outcome: Outcome;
  taken(messageId: string, idempotencyKey: string): Promise<void>;
}

export interface MatrixCarrier {
  readonly carrier: Carrier;
  /** What its network reports of a message, as our own code reads it. */
  receiptsOf(messageId: string, idempotencyKey: string, state: Case['state']): Promise<readonly Receipt[]>;
  stop?(): Promise<void>;
}

export interface Subject {
  readonly method: Method;
  /** Whether it can say what became of a message whose answer was lost. */
  readonly looksUp: boolean;
  /** Plays the cases of the first place alone: the places are the core's affair, which plays all of them without a vendor. */
  readonly firstOnly: boolean;
  create(name: string, scriptFor: (recipient: string) => Script | undefined): Promise<MatrixCarrier>;
}
