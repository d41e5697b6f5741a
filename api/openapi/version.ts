// The version that documents carry.

/** As in package.json, which a built image does not hold. */
export const VERSION = '0.1.0';
