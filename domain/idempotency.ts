// The rule of idempotency keys: what one may look like and how long it is remembered.

/** A key means the same start for this long, in milliseconds. */
export const IDEMPOTENCY_MS = 24 * 3_600_000;

/** 1 to 255 visible ASCII characters. */
export const idempotencyKey = /^[\x21-\x7e]{1,255}$/;
