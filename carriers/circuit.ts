// The circuit of a carrier: opens when the carrier is out of order, so that messages go elsewhere at once, and tries again by itself.
import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  handleType,
  noJitterGenerator,
} from 'cockatiel';
import {
  type Acceptance,
  type Carrier,
  CarrierFault,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
  toldReason,
} from './carrier.ts';
import { sampleBreaker } from './sample-breaker.ts';

/** A fault is the carrier's own word for being out of order; a second one in a row is no hiccup. */
const FAULTS_IN_A_ROW = 2;
/** Else it is out of order when most of at least ten sends in half a minute went wrong, or took longer than this. */
const OF_LATE = { withinMs: 30_000, least: 10, share: 0.6 };
const SLOW_MS = 10_000;
/** How long it is left alone before one message tries it: longer each time it fails again. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

export interface CircuitChange {
  readonly state: 'open' | 'closed';
  readonly since: Date;
  /** Why it opened. */
  readonly reason?: string;
}

/** The carrier with a circuit around `send`: while it is open every send is a CarrierFault, and the carrier is not asked. */
export function withCircuit(carrier: Carrier, changed: (change: CircuitChange) => void): Carrier {
  const faults = breaker(handleType(CarrierFault), new ConsecutiveBreaker(FAULTS_IN_A_ROW));
  const troubles = breaker(
    handleAll.orWhenResult((sent) => (sent as Timed).slow),
    sampleBreaker(OF_LATE),
  );
  const both = [faults, troubles] as const;
  let open = false;
  const look = (reason?: string) => {
    const nowOpen = both.some(({ state }) => state !== CircuitState.Closed);
    if (nowOpen === open) return;
    open = nowOpen;
    changed({ state: open ? 'open' : 'closed', since: new Date(), ...(open && reason !== undefined && { reason }) });
  };
  return {
    name: carrier.name,
    receipts: carrier.receipts,
    ...(carrier.silent && { silent: true }),
    ...(carrier.receiptsSpeakFor && { receiptsSpeakFor: carrier.receiptsSpeakFor }),
    ...(carrier.receiptsFor && { receiptsFor: carrier.receiptsFor.bind(carrier) }),
    async send(message, idempotencyKey) {
      // The library would have it wait for the message that tries, perhaps beyond its own time.
      if (both.some(({ state }) => state === CircuitState.HalfOpen)) throw new CarrierFault(OPEN);
      let asked = false;
      const ask = async () => {
        asked = true;
        return await timed(() => carrier.send(message, idempotencyKey));
      };
      const { result } = await faults
        .execute(() => troubles.execute(ask))
        .catch((error: unknown) => {
          look(reasonOf(error));
          throw asked ? error : new CarrierFault(OPEN);
        });
      look(TOO_SLOW);
      if (result instanceof CarrierRejected) throw result;
      return result;
    },
    ...(carrier.lookup && { lookup: carrier.lookup.bind(carrier) }),
    ...(carrier.reportVerified && { reportVerified: carrier.reportVerified.bind(carrier) }),
    ...(carrier.close && { close: carrier.close.bind(carrier) }),
  };
}

const OPEN = 'its circuit is open, since it was out of order a moment ago';
const TOO_SLOW = 'it answers too slowly';

interface Timed {
  readonly slow: boolean;
  readonly result: Acceptance | CarrierRejected;
}

/** A refused number is a result like an acceptance: the carrier works. */
async function timed(send: () => Promise<Acceptance>): Promise<Timed> {
  const began = Date.now();
  const result = await send().catch((error: unknown) => {
    if (error instanceof CarrierRejected) return error;
    throw error;
  });
  return { result, slow: Date.now() - began > SLOW_MS };
}

function breaker(
  policy: Parameters<typeof circuitBreaker>[0],
  by: Parameters<typeof circuitBreaker>[1]['breaker'],
): ReturnType<typeof circuitBreaker> {
  const pauses = { initialDelay: FIRST_PAUSE_MS, maxDelay: LONGEST_PAUSE_MS, generator: noJitterGenerator };
  return circuitBreaker(policy, { breaker: by, halfOpenAfter: new ExponentialBackoff(pauses) });
}

/** Only a carrier's own errors are worded for people. */
function reasonOf(error: unknown): string {
  const worded =
    error instanceof CarrierFault || error instanceof CarrierUnavailable || error instanceof CarrierOutcomeUnknown;
  // Without the carrier's words: customers see why a message of theirs waits.
  return worded ? toldReason(error) : 'the carrier code failed unexpectedly';
}
