// Whether database and engine answer, asked once however many want to know, and remembered for a second.
import { ping } from '../store/database.ts';
import type { ApiDeps } from './deps.ts';

export interface ReadinessChecks {
  readonly mongodb: boolean;
  readonly temporal: boolean;
}

export type Readiness = () => Promise<ReadinessChecks>;

const REMEMBERED_MS = 1_000;

/** One question at a time is under way; whoever comes meanwhile, or within a second of its answer, shares it. */
export function createReadiness({ database, engine }: Pick<ApiDeps, 'database' | 'engine'>): Readiness {
  const ask = async () => {
    const [mongodb, temporal] = await Promise.all([answers(() => ping(database)), answers(() => engine.ping())]);
    return { mongodb, temporal };
  };
  return shared(ask, REMEMBERED_MS);
}

/** `rememberedMs` counts from the answer, so that a slow one is not asked for again at once. */
export function shared<T>(ask: () => Promise<T>, rememberedMs: number): () => Promise<T> {
  let asked: Promise<T> | undefined;
  let until = Number.POSITIVE_INFINITY;
  return () => {
    if (asked === undefined || performance.now() >= until) {
      until = Number.POSITIVE_INFINITY;
      asked = ask().finally(() => {
        until = performance.now() + rememberedMs;
      });
    }
    return asked;
  };
}

async function answers(question: () => Promise<void>): Promise<boolean> {
  try {
    await question();
    return true;
  } catch {
    return false;
  }
}
