// Everything the package offers.
export { type Keyed, Twostep, type TwostepOptions } from './client.ts';
export { TwostepError } from './errors.ts';
export type { components, operations, paths } from './schema.ts';
export type { RetryOptions } from './send.ts';
export type * from './types.ts';
