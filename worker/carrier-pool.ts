// Runs every configured carrier in this process and follows changes of their configuration, without a restart.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { openCarrierSecrets } from '../admin/carrier-secrets.ts';
import { readCarrier } from '../carriers/registry.ts';
import { type CarrierHealth, seenConnections } from '../domain/carrier.ts';
import type { CarrierDocument } from '../store/carrier-documents.ts';
import { dropHealth, keepHealth, noteHealth } from '../store/carrier-health.ts';
import { allCarriers } from '../store/carriers.ts';
import type { Database } from '../store/database.ts';
import { noteCarrierRefused } from '../store/events.ts';
import { type ConnectionWatch, createConnectionWatch } from './carrier-connections.ts';
import { createCarrierLeases } from './carrier-leases.ts';
import { createRefusals, type Refusals } from './carrier-refusals.ts';
import { type CarrierRun, type CarrierRunDeps, createCarrierRun, type Wanted } from './carrier-run.ts';

export interface CarrierPoolDeps extends CarrierRunDeps {
  readonly database: Database;
}

export interface CarrierPool {
  /** Ends every carrier in order: sends under way finish, connections close, leases go back. */
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 2_000;
/** How often this process says that it is alive; in milliseconds. */
const SEEN_EVERY_MS = 20_000;

interface Entry {
  readonly run: CarrierRun;
  readonly watch: ConnectionWatch;
  readonly refusals: Refusals;
  wanted?: Wanted | undefined;
  health?: CarrierHealth | undefined;
  /** Set once it is being ended; resolves when nothing of it is left. */
  leaving?: Promise<void>;
}

/** Looks once, then starts to follow changes. */
export async function startCarrierPool(deps: CarrierPoolDeps): Promise<CarrierPool> {
  const { database, logger, ring } = deps;
  const worker = `${process.pid}@${hostname()}`;
  // A process id comes back, the holder of a lease must not.
  const leases = createCarrierLeases(database, `${worker} ${randomUUID()}`);
  const entries = new Map<string, Entry>();
  const over = new AbortController();
  let seenAt = Date.now();

  const entryOf = (name: string): Entry => {
    const there = entries.get(name);
    if (there) return there;
    const told = (state: CarrierHealth['state'], since = new Date(), reason?: string) =>
      tell({ carrier: name, worker, state, since, ...(reason !== undefined && { reason }) });
    const refusals = createRefusals({
      carrier: name,
      worker,
      logger,
      tell: (event, at) => noteCarrierRefused(database, at, event),
    });
    const run = createCarrierRun(name, deps, {
      opened: () => told('closed'),
      unusable: (reason) => told('unusable', new Date(), reason),
      circuitChanged: ({ state, since, reason }) => told(state, since, reason),
      refused: (error) => refusals.note(error),
    });
    const entry: Entry = { run, watch: createConnectionWatch(database), refusals };
    entries.set(name, entry);
    return entry;
  };

  /** Never in the way of a send: what cannot be kept now is kept with the next sign of life. */
  function tell(health: CarrierHealth): void {
    const entry = entryOf(health.carrier);
    const wasWell = entry.health === undefined || entry.health.state === 'closed';
    const connections = entry.health?.connections;
    entry.health = { ...health, ...(connections && { connections }), ...refusalsOf(entry) };
    const { carrier, state, reason } = health;
    const news = state !== 'closed' || !wasWell;
    if (state !== 'closed') logger.warn('carrier is out of order', { carrier, state, reason });
    else if (news) logger.info('carrier works again', { carrier });
    void (news ? noteHealth(database, entry.health) : keepHealth(database, entry.health)).catch(() => undefined);
  }

  function refusalsOf({ refusals }: Entry): Pick<CarrierHealth, 'refusals'> {
    const latest = refusals.latest();
    return latest.length > 0 ? { refusals: latest } : {};
  }

  function read(entry: Entry, document: CarrierDocument): Omit<Wanted, 'binds'> | undefined {
    const { _id, type, settings, secrets, messagesPerSecond, paused } = document;
    const fingerprint = JSON.stringify([type, settings, secrets, messagesPerSecond]);
    if (entry.wanted?.fingerprint === fingerprint) return { ...entry.wanted, paused };
    try {
      const usable = readCarrier(_id, type, settings, openCarrierSecrets(ring, document));
      return { fingerprint, usable, messagesPerSecond, paused };
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'it could not be read';
      const known = entry.health?.state === 'unusable' && entry.health.reason === reason;
      if (!known) tell({ carrier: _id, worker, state: 'unusable', since: new Date(), reason });
      return undefined;
    }
  }

  async function follow(document: CarrierDocument): Promise<void> {
    const entry = entryOf(document._id);
    // One that is put again while it ends waits for that: both would hold the same leases. The next look has it.
    if (entry.leaving) return;
    const goal = read(entry, document);
    const most = goal?.usable.binds;
    const binds = most === undefined ? 1 : (await leases.keep(document._id, most)).length;
    entry.wanted = goal && { ...goal, binds };
    entry.run.want(entry.wanted);
  }

  async function drop(name: string, entry: Entry): Promise<void> {
    entry.leaving ??= end(name, entry).finally(() => entries.delete(name));
    await entry.leaving;
  }

  async function end(name: string, entry: Entry): Promise<void> {
    entry.wanted = undefined;
    entry.run.want(undefined);
    // Sends under way may take longer than a lease lasts, and nobody else may connect meanwhile.
    const renewing = setInterval(() => void leases.renew(name).catch(() => undefined), LOOK_EVERY_MS);
    await entry.run.settled().finally(() => clearInterval(renewing));
    entry.health = undefined;
    await Promise.allSettled([leases.release(name), dropHealth(database, name, worker)]);
  }

  async function watch(entry: Entry): Promise<void> {
    const { health, run, leaving } = entry;
    if (!health || leaving) return;
    const seen = seenConnections(run.connections(), health.connections, new Date());
    const { connections: _, refusals, ...rest } = health;
    const latest = refusalsOf(entry);
    if (!isDeepStrictEqual([seen, latest.refusals], [health.connections, refusals])) {
      entry.health = { ...rest, ...(seen && { connections: seen }), ...latest };
      await keepHealth(database, entry.health);
    }
    await entry.watch.saw(entry.health ?? health);
  }

  async function look(): Promise<number> {
    const documents = await allCarriers(database);
    const names = new Set(documents.map(({ _id }) => _id));
    for (const [name, entry] of [...entries]) if (!names.has(name)) void drop(name, entry);
    for (const document of documents) await follow(document);
    for (const entry of entries.values()) await watch(entry);
    if (Date.now() - seenAt >= SEEN_EVERY_MS) {
      seenAt = Date.now();
      for (const { health } of entries.values()) if (health) await keepHealth(database, health);
    }
    return documents.length;
  }

  /** While the database is away what runs goes on, but for connections whose leases ran out. */
  function makeDo(): void {
    for (const [name, entry] of entries) {
      if (entry.wanted?.usable.binds === undefined) continue;
      entry.wanted = { ...entry.wanted, binds: leases.held(name).length };
      entry.run.want(entry.wanted);
    }
  }

  async function keepLooking(): Promise<void> {
    while (!over.signal.aborted) {
      await delay(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
      if (!over.signal.aborted) await look().catch(makeDo);
    }
  }

  const found = await look();
  if (found === 0 && !deps.sandboxOutbox) {
    logger.warn(
      'No carrier is configured, so every message waits: put one by PUT /admin/carriers/{name} or CARRIERS_FILE (docs/carriers.md), or set SANDBOX=enabled (in production: enabled-in-production) to try this service out',
    );
  }
  const looking = keepLooking();
  return {
    async stop() {
      over.abort();
      await looking;
      await Promise.all([...entries].map(([name, entry]) => drop(name, entry)));
    },
  };
}
