// GET /livez and /readyz: whether this process runs, and whether it can serve.
import type { Context } from 'koa';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import type { Operation } from '../operation.ts';

const checks = z.object({ mongodb: z.boolean(), temporal: z.boolean() });

export const liveOperation: Operation = {
  id: 'live',
  method: 'get',
  path: '/livez',
  tag: 'Probes',
  summary: 'Whether this process runs',
  security: 'none',
  answer: z.object({ status: z.literal('ok') }),
  errors: [],
};

export const readyOperation: Operation = {
  id: 'ready',
  method: 'get',
  path: '/readyz',
  tag: 'Probes',
  summary: 'Whether this process can serve',
  security: 'none',
  answer: z.object({ status: z.literal('ok'), checks }),
  otherAnswers: {
    503: {
      description: 'Database or engine do not answer.',
      schema: z.object({ status: z.literal('unavailable'), checks }),
    },
  },
  errors: [],
};

export const probeOperations: readonly Operation[] = [liveOperation, readyOperation];

export async function live(ctx: Context) {
  ctx.body = { status: 'ok' };
}

/** 200 when database and engine answer, else 503 with the ones that do not. */
export function ready({ readiness }: Pick<ApiDeps, 'readiness'>) {
  return async function tellReadiness(ctx: Context) {
    const { mongodb, temporal } = await readiness();
    const ok = mongodb && temporal;
    ctx.status = ok ? 200 : 503;
    if (!ok) ctx.set('Retry-After', '2');
    ctx.body = { status: ok ? 'ok' : 'unavailable', checks: { mongodb, temporal } };
  };
}
