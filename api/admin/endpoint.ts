// One endpoint of the management API: an operation, and the act behind it, given what the operation's own schemas have read.
import type { Client } from '@temporalio/client';
import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import { type Operator, OperatorRefusal } from '../../admin/operator.ts';
import type { CallbackAllowList } from '../../domain/callback-url.ts';
import { type ErrorName, RefusedError } from '../../domain/errors.ts';
import type { Grants, Scope } from '../../domain/operator.ts';
import type { AllowedHosts } from '../../egress/allowed-hosts.ts';
import type { KeyRing } from '../../secrets/key-ring.ts';
import type { Database } from '../../store/database.ts';
import { queryOf } from '../body/form.ts';
import { readFields } from '../fields.ts';
import type { Logger } from '../logger.ts';
import type { Operation } from '../operation.ts';
import type { Readiness } from '../readiness.ts';
import { unknownFields } from '../unknown-fields.ts';

export interface AdminDeps {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly temporal: Client;
  readonly readiness: Readiness;
  readonly logger: Logger;
  /** Addresses or subnets of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Receivers of callbacks that may lie on odd ports, as `host:port`. */
  readonly allowedHosts: CallbackAllowList;
  /** Where carriers may be beside the public internet. */
  readonly carrierHosts: AllowedHosts;
  /** Where applications and carriers reach the public API. */
  readonly publicUrl: string;
  /** Whether the sandbox is enabled. */
  readonly sandbox: boolean;
  readonly production: boolean;
}

/** What an endpoint says of itself; what all of them share is added. */
type OwnOperation = Omit<Operation, 'security' | 'scope' | 'errors'> & {
  readonly scope: Scope;
  readonly errors?: readonly ErrorName[];
};

type Read<T> = T extends z.ZodType ? z.output<T> : undefined;

export interface Asked<O extends OwnOperation> {
  readonly params: Read<O['params']>;
  readonly query: Read<O['query']>;
  readonly body: O['body'] extends { readonly schema: infer S } ? Read<S> : undefined;
  /** Who asks, for the audit trail, and what he has to hand on. */
  readonly operator: Operator;
  readonly grants: Grants;
}

export type AdminOperation = Operation & { readonly scope: Scope };

export interface AdminEndpoint {
  readonly operation: AdminOperation;
  /** Stands behind the operator's middleware and that of the body. */
  handle(deps: AdminDeps): Middleware;
}

/** The query of an operation that asks for none. */
const none = z.object({});

/** An endpoint whose act is given valid fields and returns the body of the answer. */
export function endpoint<const O extends OwnOperation>(
  operation: O,
  act: (deps: AdminDeps, asked: Asked<O>) => Promise<z.input<O['answer']>>,
): AdminEndpoint {
  const { params, query, body } = operation;
  return {
    operation: {
      ...operation,
      security: 'operator',
      // A query is refused where none is asked for.
      errors: [...(operation.params ? (['noSuchPath'] as const) : []), 'invalidData', ...(operation.errors ?? [])],
    },
    handle: (deps) =>
      async function administer(ctx: Context) {
        const { operator, grants } = ctx.state as { operator: Operator; grants: Grants };
        const asked = {
          params: params && readFields(params, ctx.params),
          query: readFields(query ?? none, queryOf(ctx), unknownFields(query, queryOf(ctx))),
          body: body && readFields(body.schema, ctx.request.body, unknownFields(body.schema, ctx.request.body)),
          operator,
          grants,
        } as Asked<O>;
        ctx.body = await act(deps, asked).catch(refuse);
      },
  };
}

const refusals = { unknown: 'noSuchPath', invalid: 'invalidData', notGranted: 'missingScope' } as const;

function refuse(error: unknown): never {
  if (!(error instanceof OperatorRefusal)) throw error;
  const { kind, problems, sentence } = error;
  throw new RefusedError(refusals[kind], { properties: { ...problems }, ...(sentence && { sentence }) });
}
