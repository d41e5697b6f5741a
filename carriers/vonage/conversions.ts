// Vonage's Conversion API: which of its SMS and calls led to a right answer, so that it learns which of its routes work.
import type { AskHttp } from '../http-request.ts';
import { type Account, basicAuthorization } from './access.ts';
import type { VonageSettings } from './settings.ts';

/** Calls are named so; SMS of the SMS API by 16 hexadecimal digits. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Tells it of each. @throws Error with a sentence where Vonage does not take it */
export async function reportConversions(
  ask: AskHttp,
  messageIds: readonly string[],
  { apiUrl, responseTimeoutSeconds }: VonageSettings,
  account: Account,
  now = new Date(),
): Promise<boolean> {
  for (const messageId of messageIds) {
    const query = new URLSearchParams({
      'message-id': messageId,
      delivered: 'true',
      timestamp: now.toISOString().slice(0, 19).replace('T', ' '),
    });
    const { status } = await ask({
      method: 'POST',
      url: `${apiUrl}/conversions/${UUID.test(messageId) ? 'voice' : 'sms'}?${query}`,
      headers: { Authorization: basicAuthorization(account) },
      timeoutMs: responseTimeoutSeconds * 1000,
    });
    if (status === 402)
      throw new Error('this account has no Conversion API: ask Vonage for it, or set conversions to false');
    if (status !== 200) throw new Error(`Vonage did not take the conversion (HTTP ${status})`);
  }
  return true;
}
