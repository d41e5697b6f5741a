// The headers of answers that no single operation owns.
import type { JsonObject } from './json-schema.ts';

export const sharedHeaders = {
  RequestId: {
    description: 'Names this request in the log: what the caller sent under this name, else drawn.',
    required: true,
    schema: { type: 'string', pattern: '^[\\w.-]{1,64}$' },
  },
  RetryAfter: {
    description: 'Seconds after which another try is worth it.',
    required: true,
    schema: { type: 'integer', minimum: 0 },
  },
  WwwAuthenticate: {
    description: 'What was asked for.',
    required: true,
    schema: { type: 'string' },
  },
  Accept: {
    description: 'The media types that are read, where another was sent.',
    required: false,
    schema: { type: 'string' },
  },
  AcceptEncoding: {
    description: 'The content codings that are read, where another was sent.',
    required: false,
    schema: { type: 'string' },
  },
} as const;

/** The headers every answer of this status carries. */
export function headersOf(status: number): JsonObject {
  const ref = (name: keyof typeof sharedHeaders) => ({ $ref: `#/components/headers/${name}` });
  return {
    'X-Request-Id': ref('RequestId'),
    ...([429, 503].includes(status) && { 'Retry-After': ref('RetryAfter') }),
    ...(status === 415 && { Accept: ref('Accept'), 'Accept-Encoding': ref('AcceptEncoding') }),
    ...(status === 401 && { 'WWW-Authenticate': ref('WwwAuthenticate') }),
  };
}
