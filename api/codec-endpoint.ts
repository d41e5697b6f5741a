// Lets Temporal's web UI show payloads in clear: decodes only, on a loopback listener of its own, each use audited.
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import Koa, { type Context } from 'koa';
import { z } from 'zod';
import { invalidFields, RefusedError } from '../domain/errors.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { showPayload } from '../secrets/payload-codec.ts';
import type { Database } from '../store/database.ts';
import type { Logger } from './logger.ts';
import { readBodyFields } from './middleware/body.ts';
import { answerErrors } from './middleware/errors.ts';
import { protocol } from './middleware/protocol.ts';
import { requestId } from './middleware/request-id.ts';
import { safeHeaders } from './middleware/safe-headers.ts';

export interface CodecEndpointOptions {
  readonly ring: KeyRing;
  readonly database: Pick<Database, 'audit'>;
  readonly logger: Logger;
  /** The exact origins Temporal's web UI is opened under. */
  readonly allowedOrigins: readonly string[];
  /** When set, callers must present it as a Bearer token; outside local use it must be. */
  readonly token?: string | undefined;
}

/** In bytes: the web UI asks for all payloads of a page at once. */
const LIMIT = 8_388_608;

/** Bytes as proto JSON has them, of either alphabet. */
const bytes = z.string().regex(/^[\w+/-]*={0,2}$/);
const jsonPayload = z.object({ metadata: z.record(z.string(), bytes).nullish(), data: bytes.nullish() });
type JsonPayload = z.infer<typeof jsonPayload>;

export function createCodecEndpoint(options: CodecEndpointOptions): Koa {
  const { ring, logger } = options;
  const app = new Koa();
  const noteFailure = () => logger.warn('the codec endpoint could not decode a request');
  const refuse = () => {
    noteFailure();
    throw invalidFields({
      payloads: 'hold one that was changed or cut short, or sealed under a key that this process lacks',
    });
  };
  app.on('error', noteFailure);
  app.use(requestId());
  app.use(safeHeaders());
  app.use(answerErrors(logger));
  app.use(protocol());
  app.use(async (ctx) => {
    assertAllowed(ctx, options);
    if (ctx.method === 'OPTIONS') {
      ctx.status = 204;
      return;
    }
    const payloads = payloadsIn(await readBodyFields(ctx, ['json'], LIMIT));
    await audit(options, payloads.length);
    ctx.body = { payloads: payloads.map((payload) => toJson(shown(ring, fromJson(payload)) ?? refuse())) };
  });
  return app;
}

/** @throws RefusedError for whoever is not the web UI, or has not its token */
function assertAllowed(ctx: Context, { allowedOrigins, token }: CodecEndpointOptions): void {
  const origin = ctx.get('Origin');
  if (allowedOrigins.includes(origin)) allow(ctx, origin);
  else if (origin !== '') throw refusedAs('This origin is not in CODEC_ALLOWED_ORIGIN');
  // A page elsewhere that points a name of its own at this address is not the web UI.
  if (!isLoopbackName(ctx.hostname)) throw refusedAs('Ask for 127.0.0.1 or localhost');
  if (ctx.path !== '/decode') throw new RefusedError('noSuchPath');
  if (ctx.method === 'OPTIONS') return;
  if (ctx.method !== 'POST') {
    ctx.set('Allow', 'POST, OPTIONS');
    throw new RefusedError('methodNotAllowed');
  }
  if (token === undefined || sameSecret(ctx.get('Authorization'), `Bearer ${token}`)) return;
  throw new RefusedError('unauthorised', { sentence: 'Send CODEC_TOKEN as a Bearer token' });
}

const refusedAs = (sentence: string) => new RefusedError('missingScope', { sentence });

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

/** Temporal's CLI also asks for nothing at all. @throws RefusedError for what is no list of payloads, at the first that is none */
function payloadsIn({ payloads }: Readonly<Record<string, unknown>>): readonly JsonPayload[] {
  const list = payloads ?? [];
  if (Array.isArray(list) && list.every((each) => jsonPayload.safeParse(each).success)) return list;
  throw invalidFields({ payloads: 'must be a list of objects with metadata and data, in base64' });
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
