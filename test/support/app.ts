// The real createApp in this process, listening on a port of its own, on the database and Temporal of a stack.
import { pino } from 'pino';
import { createApp } from '../../api/app.ts';
import { createEngine } from '../../api/engine.ts';
import { createOutcomeWatcher } from '../../api/outcomes.ts';
import { createReadiness } from '../../api/readiness.ts';
import type { RouteDeps } from '../../api/routes.ts';
import { createReceiptTaker } from '../../receipts/take-receipt.ts';
import { findVerifications } from '../../store/verifications.ts';
import { ApiClient } from './api-client.ts';
import { type Listening, listen } from './listen.ts';
import type { Stack, TestApplication } from './stack.ts';

/** Where carriers are told that this app is: signatures are made over it. What they ask goes to the app's own address. */
export const PUBLIC_URL = 'https://verify.example.com';

export interface TestApp extends Listening {
  /** Everything it logged so far, as written. */
  readonly log: readonly string[];
  /** A client that asks this app. */
  client(application: TestApplication): ApiClient;
}

/** `overrides` takes the place of what the app is given. */
export async function startApp(stack: Stack, overrides: Partial<RouteDeps> = {}): Promise<TestApp> {
  const log: string[] = [];
  const { database = stack.database, engine = createEngine(stack.temporal) } = overrides;
  const app = createApp({
    database,
    ring: stack.ring,
    logger: pino({ level: 'debug' }, { write: (line) => void log.push(line) }),
    engine,
    readiness: createReadiness({ database, engine }),
    outcomes: createOutcomeWatcher((ids) => findVerifications(database, ids)),
    takeReceipt: createReceiptTaker({ database, temporal: stack.temporal, warn: (line) => void log.push(line) }),
    overloaded: () => false,
    workerUp: async () => true,
    trustedProxies: [],
    publicUrl: PUBLIC_URL,
    fallbackCarrier: 'sandbox',
    sandbox: true,
    ...overrides,
  });
  const listening = await listen(app);
  return {
    ...listening,
    log,
    client: ({ applicationId, applicationSecret }) => new ApiClient(listening.url, applicationId, applicationSecret),
  };
}
