// What the operator may want to be told, each once and in one sentence.
import { money } from './timeline.ts';

/** A movement took an account's balance below its mark; amounts in micros. */
export interface LowBalance {
  readonly kind: 'lowBalance';
  /** The number of the ledger row that did it. */
  readonly seq: number;
  readonly available: number;
  readonly lowBalance: number;
}

/** A send nobody knows the outcome of was given back at the end (CONTRACT "What money does"). */
export interface UnknownOutcome {
  readonly kind: 'unknownOutcome';
  readonly trackingId: string;
  /** The number of the send. */
  readonly send: number;
  readonly carrier: string;
  readonly reason: string;
  /** What was given back, in micros. */
  readonly amount: number;
}

/** A verification whose workflow is gone was ended without it. */
export interface WorkflowGone {
  readonly kind: 'workflowGone';
  readonly trackingId: string;
}

/** A verification that was run before was run again in Temporal, by a reset or a new start; nothing of it was changed. */
export interface RunAgain {
  readonly kind: 'runAgain';
  readonly trackingId: string;
}

/** A verification is pending beyond any lifetime though its workflow runs; hourly totals and deletion wait for it. */
export interface HeldBack {
  readonly kind: 'heldBack';
  readonly trackingId: string;
}

/** The circuit of a carrier opened, so that messages go elsewhere, or closed again; or it could not be made at all. */
export interface CarrierChanged {
  readonly kind: 'carrierCircuitOpened' | 'carrierCircuitClosed' | 'carrierUnusable';
  readonly carrier: string;
  /** The worker process that says so. */
  readonly worker: string;
  /** Why it opened, or cannot be made. */
  readonly reason?: string;
}

/** A carrier did not take a message; each reason is told once an hour. */
export interface CarrierRefused {
  readonly kind: 'carrierRefused';
  readonly carrier: string;
  /** The worker process that says so. */
  readonly worker: string;
  /** Why, with the carrier's code. */
  readonly reason: string;
  /** What the carrier said of it, cleaned of numbers, texts and secrets. */
  readonly words?: string;
}

/** A carrier that holds connections has had none in a worker for some time; or every worker has one again. */
export interface CarrierConnection {
  readonly kind: 'carrierDisconnected' | 'carrierConnected';
  readonly carrier: string;
  /** The worker process that says so. */
  readonly worker: string;
  /** Why there is none. */
  readonly reason?: string;
}

export type OperatorEvent =
  | LowBalance
  | UnknownOutcome
  | WorkflowGone
  | RunAgain
  | HeldBack
  | CarrierChanged
  | CarrierConnection
  | CarrierRefused;

export const eventKinds = [
  'lowBalance',
  'unknownOutcome',
  'workflowGone',
  'runAgain',
  'heldBack',
  'carrierCircuitOpened',
  'carrierCircuitClosed',
  'carrierUnusable',
  'carrierDisconnected',
  'carrierConnected',
  'carrierRefused',
] as const satisfies readonly OperatorEvent['kind'][];

/** One sentence; amounts in the account's currency. */
export function eventSentence(event: OperatorEvent, currency: string): string {
  switch (event.kind) {
    case 'lowBalance':
      return `The balance fell to ${money(event.available, currency)}, below the mark of ${money(event.lowBalance, currency)}`;
    case 'unknownOutcome':
      return `Send ${event.send} of ${event.trackingId} by ${event.carrier} never had a known outcome (${event.reason}); ${money(event.amount, currency)} was given back`;
    case 'workflowGone':
      return `Verification ${event.trackingId} lost its workflow in Temporal and was ended as Expired`;
    case 'runAgain':
      return `Verification ${event.trackingId} was run again in Temporal, by a reset or a new start; what it came to and its money stay as they were: see who may write there`;
    case 'heldBack':
      return `Verification ${event.trackingId} is pending beyond any lifetime, and reports and deletion wait for it: look at its workflow in Temporal`;
    case 'carrierCircuitOpened':
      return `Carrier ${event.carrier} takes no messages (${event.reason ?? 'it failed too often'}): they go by the next step of their route, or wait where there is none`;
    case 'carrierCircuitClosed':
      return `Carrier ${event.carrier} takes messages again`;
    case 'carrierUnusable':
      return `Carrier ${event.carrier} could not be made, so its messages wait: ${event.reason ?? 'its configuration is not usable'}`;
    case 'carrierDisconnected':
      return `Carrier ${event.carrier} has no connection: ${event.reason ?? 'it does not come about'}`;
    case 'carrierConnected':
      return `Carrier ${event.carrier} is connected`;
    case 'carrierRefused':
      return `Carrier ${event.carrier} did not take a message: ${event.reason}${event.words === undefined ? '' : `; it says: ${event.words}`}`;
  }
}
