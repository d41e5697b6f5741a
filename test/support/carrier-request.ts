// A request from a carrier, as a type of carrier is given it.
import type { CarrierRequest } from '../../carriers/carrier-request.ts';

export function carrierRequest(parts: Partial<CarrierRequest>): CarrierRequest {
  return {
    method: 'POST',
    url: 'https://verify.example.com/carriers/acme/receipts/secret',
    query: {},
    body: undefined,
    rawBody: '',
    rawBytes: Buffer.from(parts.rawBody ?? ''),
    headers: {},
    ...parts,
  };
}
