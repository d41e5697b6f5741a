// One configured carrier as this process runs it: opened, replaced, held back and closed as is wanted, one step after the other.
import type { Carrier, CarrierError, TakeReceipt } from '../carriers/carrier.ts';
import type { CarrierUrls } from '../carriers/carrier-request.ts';
import { type CircuitChange, withCircuit } from '../carriers/circuit.ts';
import type { CarrierDeps, UsableCarrier } from '../carriers/registry.ts';
import type { CarrierConnections } from '../domain/carrier.ts';
import { callUrl, receiptUrl } from '../secrets/carrier-urls.ts';
import { withRefusals } from './carrier-refusals.ts';
import { createDeliveryWorker, type DeliveryWorkerDeps } from './delivery-worker.ts';
import { createFeedbackWorker } from './feedback-worker.ts';
import { runWorker, type WorkerRun } from './worker-run.ts';

export interface CarrierRunDeps
  extends DeliveryWorkerDeps,
    Pick<CarrierDeps, 'logger' | 'sandboxOutbox' | 'allowedHosts'> {
  /** Where receipts of a carrier go that come over its own connection. */
  takeReceiptFor(carrier: string): TakeReceipt;
  /** This service's address for carriers; absent where they could not reach it. */
  readonly publicUrl?: string | undefined;
}

/** What is wanted of a carrier. */
export interface Wanted {
  /** Says whether two configurations are the same. */
  readonly fingerprint: string;
  readonly usable: UsableCarrier;
  readonly messagesPerSecond: number | undefined;
  readonly paused: boolean;
  /** How many connections to hold. */
  readonly binds: number;
}

/** What it tells of itself. */
export interface CarrierRunEvents {
  readonly opened: () => void;
  readonly unusable: (reason: string) => void;
  readonly circuitChanged: (change: CircuitChange) => void;
  /** It was asked, and did not take a message. */
  readonly refused: (error: CarrierError) => void;
}

export interface CarrierRun {
  /** Says what is wanted from now on; undefined for nothing. Repeating it repairs what failed. */
  want(wanted: Wanted | undefined): void;
  /** What it holds at this moment; undefined where it is not run, or holds no connections. */
  connections(): CarrierConnections | undefined;
  /** Resolves once everything is as was wanted last, or cannot be for now. */
  settled(): Promise<void>;
}

interface Current {
  readonly fingerprint: string;
  readonly carrier: Carrier;
  /** The same with its circuit, which outlasts a pause: what it said last stays true. */
  readonly guarded: Carrier;
  binds: number;
  sending?: WorkerRun | undefined;
  telling?: WorkerRun | undefined;
}

export function createCarrierRun(name: string, deps: CarrierRunDeps, events: CarrierRunEvents): CarrierRun {
  const { logger } = deps;
  let wanted: Wanted | undefined;
  let current: Current | undefined;
  /** A configuration that no carrier could be made from is not tried again. */
  let unusable: string | undefined;
  let steps: Promise<void> | undefined;
  /** What the last step went towards. */
  let seen: Wanted | undefined;

  /** Goes one step towards what is wanted; false when there is none to go. */
  async function step(): Promise<boolean> {
    const goal = wanted;
    seen = goal;
    if (current && (goal?.fingerprint !== current.fingerprint || goal.binds === 0)) {
      await close(current);
      current = undefined;
      return true;
    }
    if (!goal || goal.binds === 0 || goal.fingerprint === unusable) return false;
    current ??= open(goal);
    if (!current) return false;
    await hold(current, goal);
    if (goal.paused) await stopSending(current);
    await startWorkers(current, goal);
    return goal !== wanted;
  }

  /** Makes the carrier; undefined where that cannot be. */
  function open({ usable, binds, fingerprint }: Wanted): Current | undefined {
    try {
      const carrier = usable.create({ ...deps, takeReceipt: deps.takeReceiptFor(name), urls: urlsOf(name), binds });
      const guarded = withCircuit(withRefusals(carrier, events.refused), events.circuitChanged);
      events.opened();
      return { fingerprint, carrier, guarded, binds };
    } catch (error) {
      unusable = fingerprint;
      events.unusable(error instanceof Error ? error.message : 'it could not be made');
      return undefined;
    }
  }

  function urlsOf(carrier: string): CarrierUrls | undefined {
    const { ring, publicUrl } = deps;
    return publicUrl === undefined
      ? undefined
      : {
          receipts: (idempotencyKey) => receiptUrl(ring, publicUrl, carrier, idempotencyKey),
          call: (call, round) => callUrl(ring, publicUrl, carrier, call, round),
        };
  }

  /** Holds as many connections as are wanted. */
  async function hold(run: Current, { binds }: Wanted): Promise<void> {
    if (run.binds === binds) return;
    run.binds = binds;
    await run.carrier.holdBinds?.(binds).catch((error: unknown) => {
      logger.warn('a connection of a carrier was not closed in order', { carrier: name, error });
    });
  }

  /** Starts what is missing of its workers. */
  async function startWorkers(run: Current, { messagesPerSecond, paused }: Wanted): Promise<void> {
    try {
      if (!paused && !run.sending?.running()) {
        run.sending = runWorker(await createDeliveryWorker(deps, run.guarded, messagesPerSecond), failed);
        logger.info('carrier takes messages', { carrier: name });
      }
      // Not held back by a pause: it is told of what it has sent.
      if (!run.telling?.running()) run.telling = runWorker(await createFeedbackWorker(deps, run.guarded), failed);
    } catch (error) {
      logger.error('the worker of a carrier could not be started; it is tried again', { carrier: name, error });
    }
  }

  function failed(error: unknown): void {
    logger.error('the worker of a carrier failed, and is started anew', { carrier: name, error });
  }

  async function stopSending(run: Current): Promise<void> {
    if (!run.sending) return;
    await run.sending.stop();
    run.sending = undefined;
    logger.info('carrier takes no more messages', { carrier: name });
  }

  async function close(run: Current): Promise<void> {
    await Promise.all([stopSending(run), run.telling?.stop()]);
    await run.carrier.close?.().catch((error: unknown) => {
      logger.warn('a carrier was not closed in order', { carrier: name, error });
    });
  }

  async function settle(): Promise<void> {
    while (await step());
  }

  function go(): void {
    steps ??= settle()
      .catch((error: unknown) => logger.error('a carrier could not be run as is wanted', { carrier: name, error }))
      .finally(() => {
        steps = undefined;
        // Something else may have been wanted since the last step looked.
        if (wanted !== seen) go();
      });
  }

  return {
    want(next) {
      wanted = next;
      go();
    },
    connections: () => current?.carrier.connections?.(),
    async settled() {
      while (steps) await steps;
    },
  };
}
