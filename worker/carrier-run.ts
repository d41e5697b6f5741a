// One configured carrier as this process runs it: opened, replaced, held back and closed as is wanted, one step after the other.
import type { Worker } from '@temporalio/worker';
import type { Carrier, TakeReceipt } from '../carriers/carrier.ts';
import { type CircuitChange, withCircuit } from '../carriers/circuit.ts';
import { overConnections } from '../carriers/connections.ts';
import type { CarrierDeps, UsableCarrier } from '../carriers/registry.ts';
import { createDeliveryWorker, type DeliveryWorkerDeps } from './delivery-worker.ts';

export interface CarrierRunDeps extends DeliveryWorkerDeps, Pick<CarrierDeps, 'logger' | 'sandboxOutbox'> {
  /** Where receipts of a carrier go that come over its own connection. */
  takeReceiptFor(carrier: string): TakeReceipt;
}

/** What is wanted of a carrier. */
export interface Wanted {
  /** Says whether two configurations are the same. */
  readonly fingerprint: string;
  readonly usable: UsableCarrier;
  readonly messagesPerSecond: number | undefined;
  readonly paused: boolean;
  /** The numbers of the connections to hold. */
  readonly slots: readonly number[];
}

/** What it tells of itself. */
export interface CarrierRunEvents {
  readonly opened: () => void;
  readonly unusable: (reason: string) => void;
  readonly circuitChanged: (change: CircuitChange) => void;
}

export interface CarrierRun {
  /** Says what is wanted from now on; undefined for nothing. Repeating it repairs what failed. */
  want(wanted: Wanted | undefined): void;
  /** Resolves once everything is as was wanted last, or cannot be for now. */
  settled(): Promise<void>;
}

interface Current {
  readonly fingerprint: string;
  readonly connections: Map<number, Carrier>;
  running?: { readonly worker: Worker; readonly ended: Promise<void> } | undefined;
}

export function createCarrierRun(name: string, deps: CarrierRunDeps, events: CarrierRunEvents): CarrierRun {
  const { logger } = deps;
  let wanted: Wanted | undefined;
  let current: Current | undefined;
  /** A configuration that no carrier could be made from is not tried again. */
  let unusable: string | undefined;
  let steps: Promise<void> | undefined;

  /** Goes one step towards what is wanted; false when there is none to go. */
  async function step(): Promise<boolean> {
    const goal = wanted;
    if (current && (goal?.fingerprint !== current.fingerprint || goal.slots.length === 0)) {
      await close(current);
      current = undefined;
      return true;
    }
    if (!goal || goal.slots.length === 0 || goal.fingerprint === unusable) return false;
    current ??= { fingerprint: goal.fingerprint, connections: new Map() };
    if (!(await connect(current, goal))) return false;
    if (goal.paused && current.running) await stopWorker(current);
    if (!goal.paused && !current.running) await startWorker(current, goal);
    return goal !== wanted;
  }

  /** Holds exactly the connections that are wanted. */
  async function connect({ connections }: Current, { usable, slots, fingerprint }: Wanted): Promise<boolean> {
    for (const [slot, carrier] of [...connections]) {
      if (slots.includes(slot)) continue;
      connections.delete(slot);
      await closeConnection(carrier);
    }
    const fresh = connections.size === 0;
    try {
      for (const slot of slots) {
        if (!connections.has(slot))
          connections.set(slot, usable.create({ ...deps, takeReceipt: deps.takeReceiptFor(name) }));
      }
    } catch (error) {
      unusable = fingerprint;
      events.unusable(error instanceof Error ? error.message : 'it could not be made');
      return false;
    }
    if (fresh) events.opened();
    return true;
  }

  async function startWorker(run: Current, { messagesPerSecond }: Wanted): Promise<void> {
    const [like] = run.connections.values();
    if (!like) return;
    const carrier = overConnections(like, () => [...run.connections.values()]);
    try {
      const worker = await createDeliveryWorker(deps, withCircuit(carrier, events.circuitChanged), messagesPerSecond);
      const ended = worker
        .run()
        .catch((error: unknown) =>
          logger.error('the worker of a carrier failed, and is started anew', { carrier: name, error }),
        )
        .finally(() => {
          run.running = undefined;
        });
      run.running = { worker, ended };
      logger.info('carrier takes messages', { carrier: name });
    } catch (error) {
      logger.error('the worker of a carrier could not be started; it is tried again', { carrier: name, error });
    }
  }

  async function stopWorker({ running }: Current): Promise<void> {
    if (!running) return;
    if (running.worker.getState() === 'RUNNING') running.worker.shutdown();
    await running.ended;
    logger.info('carrier takes no more messages', { carrier: name });
  }

  async function close(run: Current): Promise<void> {
    await stopWorker(run);
    await Promise.all([...run.connections.values()].map(closeConnection));
  }

  async function closeConnection(carrier: Carrier): Promise<void> {
    await carrier.close?.().catch((error: unknown) => {
      logger.warn('a connection of a carrier was not closed in order', { carrier: name, error });
    });
  }

  async function settle(): Promise<void> {
    while (await step());
  }

  return {
    want(next) {
      wanted = next;
      steps ??= settle()
        .catch((error: unknown) => logger.error('a carrier could not be run as is wanted', { carrier: name, error }))
        .finally(() => {
          steps = undefined;
        });
    },
    async settled() {
      while (steps) await steps;
    },
  };
}
