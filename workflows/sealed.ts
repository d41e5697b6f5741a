// What a workflow believes: inputs and signals that this service sealed for it, as what they are given for; nothing else.
import { ApplicationFailure, log, type SignalDefinition, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Said } from './messages.ts';

/**
 * The input, where it was sealed for this workflow.
 * @param idOf the id of the workflow that such an input is for; another kind of input has none
 * @throws ApplicationFailure that ends the workflow
 */
export function sealedInput<T extends object | string>(
  input: T | null | undefined,
  idOf: (input: Partial<T>) => string | undefined,
): T {
  // The codec leaves null where a payload was not sealed for this workflow (secrets/payload-codec.ts).
  if (input === null || input === undefined || idOf(input) !== workflowInfo().workflowId) throw notSealed();
  return input;
}

export function notSealed(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('The input was not sealed by this service for this workflow', 'NotSealed');
}

/**
 * Hears a signal that was sealed as this very one; any other is ignored, and the first of them noted.
 * @param heard told of every one that came, believed or not, once it was handled
 */
export function hear<T extends Said>(
  signal: SignalDefinition<[T]>,
  handler: (message: T) => void,
  heard: () => void = () => undefined,
): void {
  let noted = false;
  setHandler(signal, (message: T | null | undefined) => {
    if (message?.signal === signal.name) handler(message);
    else {
      if (!noted) log.warn('A signal was ignored that this service did not seal for it', { signal: signal.name });
      noted = true;
    }
    heard();
  });
}
