// Lets Temporal's web UI show payloads in clear: decodes only, on a loopback listener of its own, each use audited.
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { bodyParser } from '@koa/bodyparser';
import type { Payload } from '@temporalio/common';
import Koa, { type Context } from 'koa';
import type { KeyRing } from '../secrets/key-ring.ts';
import { createPayloadCodec } from '../secrets/payload-codec.ts';
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

/** Payloads as proto JSON has them: bytes in base64. */
interface JsonPayload {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly data?: string;
}

const LIMIT = '8mb';

export function createCodecEndpoint(options: CodecEndpointOptions): Koa {
  const { ring, allowedOrigins, token, logger } = options;
  const codec = createPayloadCodec(ring);
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
    const given = (ctx.request.body as { payloads?: unknown } | undefined)?.payloads;
    const payloads = Array.isArray(given) ? (given as JsonPayload[]) : [];
    await audit(options, payloads.length);
    ctx.body = { payloads: (await codec.decode(payloads.map(fromJson))).map(toJson) };
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

function fromJson({ metadata = {}, data }: JsonPayload): Payload {
  return {
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')])),
    ...(data !== undefined && { data: Buffer.from(data, 'base64') }),
  };
}

function toJson({ metadata, data }: Payload): JsonPayload {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, text(value)])),
    ...(data && { data: text(data) }),
  };
}
