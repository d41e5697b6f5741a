// The management API in this process, on a port and the database of a stack, and operators who ask it.
import { pino } from 'pino';
import { createOperator } from '../../admin/operators.ts';
import { createAdminApp } from '../../api/admin/app.ts';
import type { AdminDeps } from '../../api/admin/endpoint.ts';
import { documentedAdminOperations } from '../../api/admin/routes.ts';
import { createEngine } from '../../api/engine.ts';
import { adminDocument } from '../../api/openapi/admin-document.ts';
import { createReadiness } from '../../api/readiness.ts';
import { type Scope, scopes } from '../../domain/operator.ts';
import { type ApiAnswer, send } from './api-client.ts';
import { type Listening, listen } from './listen.ts';
import { answerCheck } from './openapi.ts';
import type { Stack } from './stack.ts';

const checkAnswer = answerCheck(adminDocument(documentedAdminOperations, { closed: true }));

export interface TestOperator {
  readonly token: string;
  readonly operatorId: string;
  /** Asks, and holds the answer against the document. */
  ask(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
  /** Asks, and insists on 200. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  get(method: string, path: string, body?: unknown): Promise<any>;
}

export interface TestAdmin extends Listening {
  /** Everything it logged so far, as written. */
  readonly log: readonly string[];
  /** Whoever holds a token. */
  as(token: string, operatorId?: string): TestOperator;
  /** A new operator, with all scopes unless told otherwise. */
  operator(asked?: { name?: string; scopes?: readonly Scope[]; expiresAt?: Date }): Promise<TestOperator>;
}

export async function startAdmin(
  stack: Stack,
  allowedHosts: readonly string[] = [],
  overrides: Partial<AdminDeps> = {},
): Promise<TestAdmin> {
  const { database, ring, temporal } = stack;
  const log: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line) => void log.push(line) });
  const listening = await listen(
    createAdminApp({
      database,
      ring,
      temporal,
      readiness: createReadiness({ database, engine: createEngine(temporal) }),
      logger,
      trustedProxies: [],
      allowedHosts,
      carrierHosts: 'anywhere',
      publicUrl: stack.apiUrl,
      sandbox: true,
      production: false,
      ...overrides,
    }),
  );
  const as = (token: string, operatorId = ''): TestOperator => {
    const ask = async (method: string, path: string, body?: unknown) => {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const answer = await send(`${listening.url}${path}`, init);
      checkAnswer({ method, path, ...answer });
      return answer;
    };
    return {
      token,
      operatorId,
      ask,
      async get(method, path, body) {
        const answer = await ask(method, path, body);
        if (answer.status !== 200)
          throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
        return answer.body;
      },
    };
  };
  return {
    ...listening,
    log,
    as,
    async operator({ name = 'Test', scopes: may = scopes, expiresAt } = {}) {
      const maker = { database, actor: 'test' };
      const { created, token } = await createOperator(maker, { scopes }, ring, { name, scopes: may, expiresAt });
      return as(token, created._id);
    },
  };
}
