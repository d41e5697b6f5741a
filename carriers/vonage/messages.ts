// SMS by Vonage's Messages API: JSON, one message id however many parts, refusals as problems with a code.
import type { Acceptance, OutgoingMessage } from '../carrier.ts';
import type { CarrierUrls } from '../carrier-request.ts';
import type { AskHttp } from '../http-request.ts';
import { askVonage } from './json.ts';
import type { VonageSettings } from './settings.ts';

/** In seconds. What has less left is sent with the least all the same: without it Vonage would try for three days. */
const LEAST_TTL_SECONDS = 20;

/** Sends it. @param authorization the header of the application or of the account @throws the errors of a carrier */
export async function sendByMessagesApi(
  ask: AskHttp,
  message: OutgoingMessage,
  idempotencyKey: string,
  settings: VonageSettings,
  authorization: string,
  urls: CarrierUrls | undefined,
): Promise<Acceptance> {
  const { recipient, originator, text, validForSeconds, parts, restrictions } = message;
  const { principalEntityId, contentTemplateId } = restrictions ?? {};
  const messageId = await askVonage(
    ask,
    'Messages API',
    {
      url: `${settings.apiUrl}/v1/messages`,
      authorization,
      timeoutMs: settings.responseTimeoutSeconds * 1000,
      body: {
        channel: 'sms',
        message_type: 'text',
        to: recipient.slice(1),
        from: originator.replace(/^\+(?=\d+$)/, ''),
        text,
        ttl: Math.max(validForSeconds, LEAST_TTL_SECONDS),
        client_ref: idempotencyKey,
        ...(urls && { webhook_url: urls.receipts(idempotencyKey), webhook_version: 'v1' }),
        ...((principalEntityId !== undefined || contentTemplateId !== undefined) && {
          sms: {
            ...(principalEntityId !== undefined && { entity_id: principalEntityId }),
            ...(contentTemplateId !== undefined && { content_id: contentTemplateId }),
          },
        }),
      },
    },
    'message_uuid',
  );
  return { messageIds: [messageId], parts };
}
