// What the JSON APIs of Vonage have in common: a header says who asks, a 2xx names what was accepted, anything else is a problem.
import { CarrierOutcomeUnknown } from '../carrier.ts';
import type { AskHttp } from '../http-request.ts';
import { problemRefusal } from './errors.ts';

export interface VonageQuestion {
  readonly url: string;
  readonly authorization: string;
  readonly body: object;
  readonly timeoutMs: number;
}

/**
 * Asks once.
 * @param api its name, for errors
 * @param id where the answer has the id of what was accepted
 * @throws the errors of a carrier
 */
export async function askVonage(
  ask: AskHttp,
  api: string,
  { url, authorization, body, timeoutMs }: VonageQuestion,
  id: string,
): Promise<string> {
  const answer = await ask({
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', Authorization: authorization },
    body: JSON.stringify(body),
    timeoutMs,
  });
  if (answer.status < 200 || answer.status >= 300) throw problemRefusal(api, answer);
  const found = fieldOf(answer.text, id);
  if (found === undefined) throw new CarrierOutcomeUnknown(`Vonage answered what nobody can read (${api})`);
  return found;
}

function fieldOf(text: string, name: string): string | undefined {
  try {
    const value: unknown = (JSON.parse(text) as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined;
  } catch {
    return undefined;
  }
}
