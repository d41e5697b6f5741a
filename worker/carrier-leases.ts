// The leases this process holds: one for each connection to a carrier whose network counts them (store/carrier-leases.ts).
import { releaseLease, renewLease, takeLease } from '../store/carrier-leases.ts';
import type { Database } from '../store/database.ts';

/** Longer than a database hiccup, shorter than anybody would wait for a message; in milliseconds. */
const LEASE_MS = 15_000;
const RENEW_AFTER_MS = 5_000;

export interface CarrierLeases {
  /**
   * Renews what is held of a carrier and takes at most one more, so that processes started together share alike. Returns the
   * numbers of the connections that may be held now, fewer than there were where a lease was lost.
   */
  keep(carrier: string, binds: number): Promise<readonly number[]>;
  /** Renews what is held of a carrier and takes none: for as long as its connections are being closed. */
  renew(carrier: string): Promise<void>;
  /** What is held for sure while the database cannot be asked. */
  held(carrier: string): readonly number[];
  /** Gives all leases of a carrier back. */
  release(carrier: string): Promise<void>;
}

export function createCarrierLeases(
  database: Pick<Database, 'carrierLeases'>,
  holder: string,
  now: () => number = Date.now,
): CarrierLeases {
  /** Until when each is held, by carrier and number. */
  const until = new Map<string, Map<number, number>>();
  const of = (carrier: string) => {
    const mine = until.get(carrier) ?? new Map<number, number>();
    until.set(carrier, mine);
    return mine;
  };
  const idOf = (carrier: string, number: number) => `${carrier}:${number}`;
  const held = (carrier: string) => [...of(carrier)].filter(([, end]) => end > now()).map(([number]) => number);

  async function renewOne(carrier: string, number: number, end: number): Promise<void> {
    if (end - now() > LEASE_MS - RENEW_AFTER_MS) return;
    const next = now() + LEASE_MS;
    // Over means lost, even where nobody took it: whoever looked meanwhile may have counted on that.
    const kept = end > now() && (await renewLease(database, idOf(carrier, number), holder, new Date(next)));
    if (kept) of(carrier).set(number, next);
    else of(carrier).delete(number);
  }

  async function takeOne(carrier: string, binds: number): Promise<void> {
    for (let number = 0; number < binds; number += 1) {
      if (of(carrier).has(number)) continue;
      const end = now() + LEASE_MS;
      if (!(await takeLease(database, idOf(carrier, number), holder, new Date(end)))) continue;
      of(carrier).set(number, end);
      return;
    }
  }

  return {
    async keep(carrier, binds) {
      for (const [number, end] of [...of(carrier)]) {
        if (number < binds) await renewOne(carrier, number, end);
        else {
          of(carrier).delete(number);
          await releaseLease(database, idOf(carrier, number), holder);
        }
      }
      await takeOne(carrier, binds);
      return held(carrier);
    },
    async renew(carrier) {
      for (const [number, end] of [...of(carrier)]) await renewOne(carrier, number, end);
    },
    held,
    async release(carrier) {
      const mine = [...of(carrier).keys()];
      until.delete(carrier);
      await Promise.all(mine.map((number) => releaseLease(database, idOf(carrier, number), holder)));
    },
  };
}
