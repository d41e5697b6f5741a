// GET /livez and /readyz: whether this process runs, and whether it can serve.
import type { Context } from 'koa';
import { ping } from '../../store/database.ts';
import type { ApiDeps } from '../deps.ts';

export async function live(ctx: Context) {
  ctx.body = { status: 'ok' };
}

/** 200 when database and engine answer, else 503 with the ones that do not. */
export function ready({ database, engine }: Pick<ApiDeps, 'database' | 'engine'>) {
  return async function readiness(ctx: Context) {
    const [mongodb, temporal] = await Promise.all([answers(ping(database)), answers(engine.ping())]);
    const ok = mongodb && temporal;
    ctx.status = ok ? 200 : 503;
    if (!ok) ctx.set('Retry-After', '2');
    ctx.body = { status: ok ? 'ok' : 'unavailable', checks: { mongodb, temporal } };
  };
}

async function answers(question: Promise<void>): Promise<boolean> {
  return await question.then(
    () => true,
    () => false,
  );
}
