// What Vonage tells of its own accord: delivery receipts and events, each signed as its API signs.
import { createHash, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { SmsSignature } from '../../../carriers/vonage/settings.ts';
import { smsSignature } from '../../../carriers/vonage/signature.ts';
import { account } from './account.ts';
import { descriptionProblem } from './description.ts';

export interface ReportSettings {
  /** How receipts of the SMS API are signed; not at all without it. */
  readonly smsSignature?: SmsSignature;
  /** With what; the account's own unless a test forges. */
  readonly signatureSecret?: string;
  /** Where a URL it was given really is. */
  reach?(url: string): string;
}

export interface SentSms {
  readonly api: 'sms' | 'messages';
  /** As the request had them. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly to: string;
  readonly text: string;
  readonly messageIds: readonly string[];
}

export interface Told {
  readonly status: number;
  readonly text: string;
}

export interface Reporter {
  /** @returns the HTTP status it was answered with */
  sms(message: SentSms, messageId: string, status: string, errorCode?: string): Promise<number>;
  /** A signed webhook of the JSON APIs. */
  webhook(url: string, body: object): Promise<Told>;
  problem(problem: string): void;
}

export function reporter(
  { smsSignature: method, signatureSecret = account.signatureSecret, reach = (url) => url }: ReportSettings,
  problem: (problem: string) => void,
): Reporter {
  async function post(url: string, text: string, headers: Readonly<Record<string, string>>): Promise<Told> {
    const answer = await fetch(reach(url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: text,
    });
    return { status: answer.status, text: await answer.text() };
  }

  async function webhook(url: string, body: object): Promise<Told> {
    const text = JSON.stringify(body);
    return await post(url, text, { Authorization: `Bearer ${await webhookToken(text, signatureSecret)}` });
  }

  function signed(receipt: Record<string, string>): Record<string, string> {
    if (method === undefined) return receipt;
    const fresh = { ...receipt, timestamp: String(Math.floor(Date.now() / 1000)), nonce: randomUUID() };
    return { ...fresh, sig: smsSignature(fresh, method, signatureSecret).toUpperCase() };
  }

  return {
    problem,
    webhook,
    async sms({ api, fields, to }, messageId, status, errorCode) {
      const described = api === 'sms' ? smsReceipt() : messageStatus();
      const unlike = descriptionProblem(api === 'sms' ? 'sms/receipt' : 'messages/receipt', described);
      if (unlike !== undefined) problem(unlike);
      const url = String(api === 'sms' ? fields.callback : fields.webhook_url);
      if (api === 'messages') return (await webhook(url, described)).status;
      return (await post(url, JSON.stringify(signed(described as Record<string, string>)), {})).status;

      function smsReceipt() {
        return {
          msisdn: to,
          to: String(fields.from),
          'network-code': '20201',
          messageId,
          price: '0.03330000',
          status,
          scts: '2011231205',
          'err-code': errorCode ?? '0',
          'api-key': account.apiKey,
          'client-ref': String(fields['client-ref']),
          'message-timestamp': '2026-11-23 12:05:00',
        };
      }

      function messageStatus() {
        return {
          message_uuid: messageId,
          channel: 'sms',
          to,
          from: String(fields.from),
          timestamp: '2026-11-23T12:05:00.000Z',
          status,
          client_ref: String(fields.client_ref),
          ...(errorCode !== undefined && {
            error: {
              type: `https://developer.vonage.com/api-errors/messages#${errorCode}`,
              title: errorCode,
              detail: 'Not delivered',
              instance: randomUUID(),
            },
          }),
        };
      }
    },
  };
}

/** As in https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks */
export async function webhookToken(text: string, secret: string, issuedAt = Math.floor(Date.now() / 1000)) {
  const { apiKey, applicationId } = account;
  return await new SignJWT({
    payload_hash: createHash('sha256').update(text).digest('hex'),
    api_key: apiKey,
    application_id: applicationId,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('Vonage')
    .setIssuedAt(issuedAt)
    .setJti(randomUUID())
    .sign(Buffer.from(secret));
}
