// What counts as not given in a field, on every interface.

/** `null` and `""` count as absent. */
export const absent = (value: unknown): unknown => (value === null || value === '' ? undefined : value);
