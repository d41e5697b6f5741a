// What a configured carrier is called and how it is doing, as operators are told.

/** The one that is there without configuration wherever the sandbox is enabled. */
export const SANDBOX_CARRIER = 'sandbox';

/** Whether what is handed to a carrier is written into the journal of sends; the sandbox can always be asked instead. */
export const keepsJournal = (carrier: string): boolean => carrier !== SANDBOX_CARRIER;

const NAME = /^[a-z][a-z0-9-]{0,31}$/;

/** What is wrong with a name for a carrier, as a sentence for beside it; undefined where nothing is. */
export function nameProblem(name: string): string | undefined {
  if (!NAME.test(name)) return 'must be a letter and up to 31 more letters, digits and hyphens, all lower case';
  return name === SANDBOX_CARRIER ? 'is the built-in sandbox, which SANDBOX turns on and off' : undefined;
}

/** `open`: its circuit keeps messages from it. `unusable`: it could not be made from its configuration. */
export type CarrierState = 'closed' | 'open' | 'unusable';

/** What a carrier holds, in one process, of the connections it is to hold there. */
export interface CarrierConnections {
  readonly wanted: number;
  readonly bound: number;
  /** Why there are fewer than are wanted. */
  readonly reason?: string;
}

/** The same, as it was seen over a time. */
export interface SeenConnections extends CarrierConnections {
  /** Since when there was none each time somebody looked. */
  readonly noneSince?: Date;
}

/** Longer than a restart of either side takes: only then it is worth a word; in milliseconds. */
export const CUT_OFF_AFTER_MS = 10_000;

/** What is seen now, after what was seen before; undefined for a carrier that holds no connections. */
export function seenConnections(
  now: CarrierConnections | undefined,
  before: SeenConnections | undefined,
  at: Date,
): SeenConnections | undefined {
  if (!now || now.bound > 0 || now.wanted === 0) return now;
  return { ...now, noneSince: before?.noneSince ?? at };
}

/** Whether a carrier has been without any connection for so long that somebody should know. */
export const isCutOff = (seen: SeenConnections | undefined, at: Date): boolean =>
  seen?.noneSince !== undefined && at.getTime() - seen.noneSince.getTime() >= CUT_OFF_AFTER_MS;

/** What a carrier did not take, and why, as operators are told. */
export interface CarrierRefusal {
  readonly means: 'rejected' | 'unavailable' | 'fault' | 'unknown';
  /** Why, with the carrier's code. */
  readonly reason: string;
  /** What the carrier said of it the last time, cleaned of numbers, texts and secrets. */
  readonly words?: string;
  /** How often it was so in this process. */
  readonly times: number;
  /** When it was so last. */
  readonly at: Date;
}

/** How a carrier is doing in one worker process. */
export interface CarrierHealth {
  readonly carrier: string;
  /** The process: it holds all of its connections to the carrier together. */
  readonly worker: string;
  readonly state: CarrierState;
  /** Since when it is in this state. */
  readonly since: Date;
  /** Why it is not closed. */
  readonly reason?: string;
  /** Absent for a carrier that holds no connections. */
  readonly connections?: SeenConnections;
  /** What it did not take last, the newest first; absent where it took everything. */
  readonly refusals?: readonly CarrierRefusal[];
}

/** What became of a test message, as an operator is told. */
export type TestOutcome =
  | { readonly outcome: 'accepted'; readonly parts: number }
  | { readonly outcome: 'refused' | 'unknown' | 'notTakenUp'; readonly reason: string };

/** Real carriers must not stand beside the sandbox in production: it shows codes to whoever holds a token. */
export function sandboxBesideReal(carriers: readonly string[]): string {
  return (
    `The sandbox shows codes to whoever holds a token, so in production it never runs beside real carriers (${carriers.join(', ')}): ` +
    'set SANDBOX=disabled, or delete them'
  );
}
