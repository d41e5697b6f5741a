// What a type of carrier is given of a request that came from its carrier.
import type { Context } from 'koa';
import { openCarrierSecrets } from '../admin/carrier-secrets.ts';
import type { CarrierRequest, Configuration } from '../carriers/carrier-request.ts';
import type { CarrierDocument } from '../store/carrier-documents.ts';
import type { ApiDeps } from './deps.ts';

/** The request as the carrier addressed it: proxies in between may have shortened it. */
export function carrierRequest(ctx: Context, publicUrl: string): CarrierRequest {
  const { method, query, headers } = ctx;
  const { body, rawBody = '', rawBytes = Buffer.alloc(0) } = ctx.request as Partial<CarrierRequest>;
  return { method, url: `${publicUrl.replace(/\/+$/, '')}${ctx.originalUrl}`, query, body, rawBody, rawBytes, headers };
}

/** @throws OperatorRefusal when the secrets cannot be opened */
export function configurationOf(
  { ring }: Pick<ApiDeps, 'ring'>,
  carrier: CarrierDocument,
): Configuration<unknown, unknown> {
  return { settings: carrier.settings, secrets: openCarrierSecrets(ring, carrier) };
}
