// The binds of one carrier: each is made again when it ends, and messages go by the one with the most room in its window.
import { setTimeout as delay } from 'node:timers/promises';
import type { CarrierConnections } from '../../domain/carrier.ts';
import { CarrierFault, CarrierUnavailable } from '../carrier.ts';
import { BindFailure } from './bind.ts';
import type { Connection } from './connection.ts';

/** Room for one message on a connection. */
export interface Slot {
  readonly connection: Connection;
  release(): void;
}

export interface Binds {
  /** @throws CarrierUnavailable or CarrierFault when there is no room within that time: certainly nothing was sent. */
  room(withinMs: number): Promise<Slot>;
  /** From now on holds so many; resolves once what is too much is unbound, after what is under way on it. */
  hold(count: number): Promise<void>;
  /** How many stand, and why there are not more. */
  standing(): CarrierConnections;
  /** Gives no more room, and unbinds. */
  close(): Promise<void>;
}

export interface BindsOptions {
  readonly count: number;
  readonly window: number;
  readonly reconnectMaxMs: number;
  /** Gives up at once when told to. @throws BindFailure */
  open(giveUp: AbortSignal): Promise<Connection>;
  readonly log: { info(message: string): void; warn(message: string): void };
}

/** What makes one bind again and again, until it is told to end. */
interface Keeper {
  readonly over: AbortController;
  connection?: Connection | undefined;
  ended?: Promise<void>;
}

const FIRST_PAUSE_MS = 300;
/** A bind that ends sooner counts as one that failed. */
const STANDS_MS = 5_000;
const DRAIN_LOOK_MS = 20;
const BEING_MADE = 'the connection to the SMSC is being made';

export function keepBinds({ count, window, reconnectMaxMs, open, log }: BindsOptions): Binds {
  const inFlight = new Map<Connection, number>();
  const waiters: (() => void)[] = [];
  const keepers = new Set<Keeper>();
  let closing = false;
  let failure: BindFailure | undefined;
  const staying = () => [...keepers].filter(({ over }) => !over.signal.aborted);
  const usable = () => staying().flatMap(({ connection }) => (connection?.usable() ? [connection] : []));
  const underWay = ({ connection }: Keeper) => (connection && inFlight.get(connection)) ?? 0;
  const wake = () => waiters.shift()?.();
  const wakeAll = () => {
    for (const waiter of [...waiters]) waiter();
  };
  for (let made = 0; made < count; made += 1) addKeeper();

  return {
    async room(withinMs) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        if (closing) throw new CarrierUnavailable('the carrier is being stopped');
        const slot = take();
        if (slot) return slot;
        const left = deadline - Date.now();
        if (left <= 0 || (failure?.credentials && usable().length === 0)) throw noRoom();
        await wakened(left);
      }
    },
    async hold(wanted) {
      if (closing) return;
      while (staying().length < wanted) addKeeper();
      // Those that are not bound first, then those with the least to wait for.
      const byLoad = staying().sort(
        (a, b) => Number(!!a.connection) - Number(!!b.connection) || underWay(a) - underWay(b),
      );
      await Promise.all(byLoad.slice(0, byLoad.length - wanted).map(retire));
    },
    standing() {
      const [wanted, bound] = [staying().length, usable().length];
      return { wanted, bound, ...(bound < wanted && { reason: failure?.message ?? BEING_MADE }) };
    },
    async close() {
      closing = true;
      for (const { over } of keepers) over.abort();
      wakeAll();
      await Promise.all([...keepers].map(({ connection }) => connection?.unbind()));
      await Promise.all([...keepers].map(({ ended }) => ended));
    },
  };

  function addKeeper(): void {
    const keeper: Keeper = { over: new AbortController() };
    keepers.add(keeper);
    keeper.ended = keep(keeper).finally(() => keepers.delete(keeper));
  }

  async function retire(keeper: Keeper): Promise<void> {
    keeper.over.abort();
    // Every request ends within its own time.
    while (underWay(keeper) > 0) await delay(DRAIN_LOOK_MS);
    await keeper.connection?.unbind();
    await keeper.ended;
  }

  /** One bind, for as long as it is wanted. */
  async function keep(keeper: Keeper): Promise<void> {
    const { signal } = keeper.over;
    for (let failures = 0; !signal.aborted; ) {
      try {
        const connection = await open(signal);
        const since = Date.now();
        failure = undefined;
        log.info('The SMSC is bound');
        const reason = await use(keeper, connection);
        failures = Date.now() - since >= STANDS_MS ? 0 : failures + 1;
        const why = reason ? ` (${reason})` : '';
        if (!signal.aborted) log.warn(`A connection to the SMSC has ended${why}, it is made anew`);
      } catch (error) {
        if (signal.aborted) return;
        const next = error instanceof BindFailure ? error : new BindFailure('the connection could not be made');
        if (next.message !== failure?.message) log.warn(`There is no connection to the SMSC: ${next.message}`);
        failure = next;
        failures += 1;
        wakeAll();
      }
      await delay(pauseMs(failures), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Returns why it has ended. */
  async function use(keeper: Keeper, connection: Connection): Promise<string> {
    inFlight.set(connection, 0);
    keeper.connection = connection;
    if (keeper.over.signal.aborted) await connection.unbind();
    wakeAll();
    const reason = await connection.ended;
    keeper.connection = undefined;
    inFlight.delete(connection);
    return reason;
  }

  /** Longer each time, never the same for two workers; at once the longest where only another setting helps. */
  function pauseMs(failures: number): number {
    const longest = failure?.credentials ? reconnectMaxMs : Math.min(reconnectMaxMs, FIRST_PAUSE_MS * 2 ** failures);
    return longest * (0.5 + Math.random() / 2);
  }

  function take(): Slot | undefined {
    const free = (connection: Connection) => window - (inFlight.get(connection) ?? window);
    const [connection] = usable().sort((a, b) => free(b) - free(a));
    if (!connection || free(connection) <= 0) return undefined;
    const change = (by: number) => {
      const number = inFlight.get(connection);
      if (number !== undefined) inFlight.set(connection, number + by);
    };
    change(1);
    return {
      connection,
      release() {
        change(-1);
        wake();
      },
    };
  }

  async function wakened(withinMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        const at = waiters.indexOf(done);
        if (at >= 0) waiters.splice(at, 1);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      waiters.push(done);
    });
  }

  function noRoom(): CarrierUnavailable | CarrierFault {
    if (usable().length > 0) return new CarrierUnavailable('as much is under way as the SMSC takes', 1000);
    if (failure) return new CarrierFault(failure.message);
    return new CarrierUnavailable(BEING_MADE, 1000);
  }
}
