// How many connections each listener may have, so that together they stay below the files this process may open.

/** For databases, engine, logs and libraries: what the process opens beside its callers' connections. */
const RESERVED_FILES = 200;
/** More idle connections than any proxy keeps; about 10 kB of memory each. */
const DEFAULT_CONNECTIONS = 10_000;
const DEFAULT_ADMIN_CONNECTIONS = 500;
/** One person's browser, or a command of his. */
const CODEC_CONNECTIONS = 50;

export interface ConnectionLimits {
  readonly api: number;
  readonly admin: number;
  readonly codec: number;
}

/** What the environment asked for; absent where it leaves the choice to us. */
export interface AskedConnections {
  readonly api: number | undefined;
  readonly admin: number | undefined;
}

/** @throws Error that says what to set where the files do not suffice. */
export function connectionLimits(asked: AskedConnections, openFiles = mayOpen()): ConnectionLimits {
  const room = openFiles - RESERVED_FILES - CODEC_CONNECTIONS;
  const admin = asked.admin ?? Math.min(DEFAULT_ADMIN_CONNECTIONS, Math.floor(room / 10));
  const api = asked.api ?? Math.min(DEFAULT_CONNECTIONS, room - admin);
  if (api < 1 || admin < 1 || api + admin > room) {
    throw new Error(
      `This process may open ${openFiles} files, which leaves ${Math.max(room, 0)} for connections: raise that limit (ulimit -n, ` +
        'LimitNOFILE of systemd, ulimits of Compose), or lower MAX_CONNECTIONS and ADMIN_MAX_CONNECTIONS',
    );
  }
  return { api, admin, codec: CODEC_CONNECTIONS };
}

/** How many files this process may open; no limit counts as endless. */
function mayOpen(): number {
  // The report would ask the names of all peers.
  Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}
