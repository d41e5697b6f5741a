// The ways a code can reach a phone.

export type Method = 'sms' | 'voice';

export const methods = ['sms', 'voice'] as const satisfies readonly Method[];

/** True for a method's name, so that what comes from outside can be trusted. */
export function isMethod(value: unknown): value is Method {
  return methods.some((method) => method === value);
}
