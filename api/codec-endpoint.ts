// Lets Temporal's web UI show payloads in clear: decodes only, on a loopback listener of its own, each use audited.
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { bodyParser } from '@koa/bodyparser';
import type { Payload } from '@temporalio/common';
import Koa, { type Context } from 'koa';
import { z } from 'zod';
import type { KeyRing } from '../secrets/key-ring.ts';
import { showPayload } from '../secrets/payload-codec.ts';
import type { Database } from '../store/database.ts';
import type { Logger } from './logger.ts';

export interface CodecEndpointOptions {
  readonly ring: KeyRing;
  readonly database: Pick<Database, 'audit'>;
  readonly logger: Logger;
  /** The exact origins Temporal's web UI is opened under. */
  readonly allowedOrigins: readonly string[];
  /** When set, callers must present it as a Bearer token; outside local use it must be. */
  readonly token?: string | undefined;
}

const LIMIT = '8mb';

/** Bytes as proto JSON has them, of either alphabet. */
const bytes = z.string().regex(/^[\w+/-]*={0,2}$/);
const jsonPayload = z.object({ metadata: z.record(z.string(), bytes).nullish(), data: bytes.nullish() });
/** Temporal's CLI also asks for nothing at all. */
const asked = z.object({ payloads: z.array(jsonPayload).nullish() });
type JsonPayload = z.infer<typeof jsonPayload>;

export function createCodecEndpoint(options: CodecEndpointOptions): Koa {
  const { ring, allowedOrigins, token, logger } = options;
  const app = new Koa();
  app.on('error', () => logger.warn('the codec endpoint could not decode a request'));
  app.use(async (ctx, next) => {
    const origin = ctx.get('Origin');
    if (allowedOrigins.includes(origin)) allow(ctx, origin);
    else if (origin !== '') ctx.throw(403);
    // A page elsewhere that points a name of its own at this address is not the web UI.
    if (!isLoopbackName(ctx.hostname)) ctx.throw(403);
    if (ctx.path !== '/decode') ctx.throw(404);
    if (ctx.method === 'OPTIONS') {
      ctx.status = 204;
      return;
    }
    if (ctx.method !== 'POST') ctx.throw(405);
    if (token !== undefined && !sameSecret(ctx.get('Authorization'), `Bearer ${token}`)) ctx.throw(401);
    await next();
  });
  app.use(bodyParser({ enableTypes: ['json'], jsonLimit: LIMIT }));
  app.use(async (ctx) => {
    const given = asked.safeParse(ctx.request.body ?? {});
    if (!given.success) return ctx.throw(400);
    const payloads = given.data.payloads ?? [];
    await audit(options, payloads.length);
    ctx.body = { payloads: payloads.map((payload) => toJson(shown(ring, fromJson(payload)) ?? ctx.throw(400))) };
  });
  return app;
}

function allow(ctx: Context, origin: string): void {
  ctx.set('Access-Control-Allow-Origin', origin);
  ctx.set('Vary', 'Origin');
  ctx.set('Access-Control-Allow-Headers', 'content-type,x-namespace,authorization');
  ctx.set('Access-Control-Allow-Methods', 'POST,OPTIONS');
}

async function audit({ database, logger, token }: CodecEndpointOptions, payloads: number): Promise<void> {
  const actor = token === undefined ? 'local' : 'codec token';
  await database.audit.insertOne({
    _id: randomUUID(),
    at: new Date(),
    actor,
    action: 'codec.decode',
    details: { payloads },
  });
  logger.info({ payloads }, 'payloads decoded');
}

function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]' || host === '::1';
}

/** Hashed first, so that lengths differ in nothing one could time. */
function sameSecret(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

/** Undefined for what our keys do not open. */
function shown(ring: KeyRing, payload: Payload): Payload | undefined {
  try {
    return showPayload(ring, payload);
  } catch {
    return undefined;
  }
}

function fromJson({ metadata, data }: JsonPayload): Payload {
  const fields = Object.entries(metadata ?? {});
  return {
    metadata: Object.fromEntries(fields.map(([name, value]) => [name, Buffer.from(value, 'base64')])),
    ...(typeof data === 'string' && { data: Buffer.from(data, 'base64') }),
  };
}

function toJson({ metadata, data }: Payload): JsonPayload {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, text(value)])),
    ...(data && { data: text(data) }),
  };
}
