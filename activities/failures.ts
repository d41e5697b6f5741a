// What leaves an activity that went wrong: a failure of one known type and a bare sentence, never a driver's message.
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';

type Activity = (...args: never[]) => Promise<unknown>;

/** Each activity as it was, but for its errors; a driver's message may quote a document. The engine repeats it. */
export function guarded<A extends { readonly [name in keyof A]: Activity }>(activities: A, type: string): A {
  const wrapped = Object.entries<Activity>(activities).map(([name, run]) => [
    name,
    async (...args: Parameters<Activity>) => {
      try {
        return await run(...args);
      } catch (error) {
        if (error instanceof CancelledFailure || error instanceof ApplicationFailure) throw error;
        const kind = error instanceof Error ? error.name : typeof error;
        throw ApplicationFailure.retryable(`${name} could not be done (${kind})`, type);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as A;
}
