// Vonage as the matrix has a carrier: SMS by each of its APIs, and calls.

import { expect } from 'vitest';
import { answerCall } from '../../../carriers/call-answers.ts';
import type { CarrierUrls } from '../../../carriers/carrier-request.ts';
import { parseReceipts } from '../../../carriers/receipt-parsers.ts';
import { createVonageCarrier } from '../../../carriers/vonage.ts';
import { smsSignature } from '../../../carriers/vonage-signature.ts';
import type { Method } from '../../../domain/phone.ts';
import { account, accountSecrets, accountSettings, givenSettings } from '../../carriers/vonage-account.ts';
import { startVonageMock } from '../../carriers/vonage-mock.ts';
import { webhookToken } from '../../carriers/vonage-mock-reports.ts';
import { carrierRequest } from '../../support/carrier-request.ts';
import type { Subject } from './describe-matrix.ts';
import { startVendorProxy, type Vendor } from './vendor-proxy.ts';

type State = 'delivered' | 'undelivered';

interface Api extends Omit<Vendor, 'upstream' | 'isSend'> {
  readonly method: Method;
  readonly path: string;
  readonly settings: object;
  /** What Vonage says of a message. */
  report(messageId: string, key: string, state: State): Readonly<Record<string, unknown>>;
}

const apis = {
  sms: {
    method: 'sms',
    path: '/sms/json',
    settings: { smsSignature: 'sha512' },
    idOf: (answer) => JSON.parse(answer).messages[0]['message-id'],
    refusal: { status: 200, body: '{"message-count":"1","messages":[{"status":"6","error-text":"No"}]}' },
    report(messageId, key, state) {
      const status = state === 'delivered' ? 'delivered' : 'failed';
      const fields = { messageId, status, 'client-ref': key, timestamp: String(Math.floor(Date.now() / 1000)) };
      return { ...fields, sig: smsSignature(fields, 'sha512', account.signatureSecret) };
    },
  },
  messages: {
    method: 'sms',
    path: '/v1/messages',
    settings: { smsApi: 'messages' },
    idOf: (answer) => JSON.parse(answer).message_uuid,
    refusal: { status: 422, body: '{"type":"https://developer.vonage.com/api-errors/messages#1170"}' },
    report: (messageId, key, state) => ({
      message_uuid: messageId,
      status: state === 'delivered' ? 'delivered' : 'rejected',
      client_ref: key,
    }),
  },
  voice: {
    method: 'voice',
    path: '/v1/calls',
    settings: {},
    idOf: (answer) => JSON.parse(answer).uuid,
    refusal: { status: 400, body: '{}' },
    report: (uuid, _, state) =>
      state === 'delivered' ? { uuid, dtmf: { digits: '1', timed_out: false } } : { uuid, status: 'unanswered' },
  },
} as const satisfies Readonly<Record<string, Api>>;

/** Vonage by one of its APIs. */
export function vonageSubject(api: keyof typeof apis): Subject {
  const { method, path, settings, report, ...vendor }: Api = apis[api];
  return {
    method,
    looksUp: false,
    async create(name, scriptFor) {
      const mock = await startVonageMock();
      const isSend = (_: string, asked: string) => asked === path;
      const proxy = await startVendorProxy({ ...vendor, upstream: mock.url, isSend }, scriptFor);
      const urls: CarrierUrls = {
        receipts: (key) => `https://verify.example.com/${name}?reference=${encodeURIComponent(key)}`,
        call: ({ reference }) => `https://verify.example.com/${name}/${reference}`,
      };
      const configuration = { settings: givenSettings(proxy.url, settings), secrets: accountSecrets };
      return {
        carrier: createVonageCarrier(name, accountSettings(proxy.url, settings), accountSecrets, { urls }),
        async receiptsOf(messageId, reference, state) {
          const body = report(messageId, reference, state);
          const rawBody = JSON.stringify(body);
          const authorization = `Bearer ${await webhookToken(rawBody, account.signatureSecret)}`;
          const request = carrierRequest({ body, rawBody, headers: { authorization }, query: { reference } });
          if ('dtmf' in body) {
            const speech = { text: 'Your code is 4, 8.', language: 'en' };
            const call = { reference, speech, validUntil: Date.now(), over: false, round: 1, again: 'https://again' };
            const answer = await answerCall('vonage', call, request, configuration);
            return answer && answer !== 'notGenuine' ? answer.receipts : [];
          }
          const receipts = await parseReceipts('vonage', request, configuration);
          return receipts && receipts !== 'notGenuine' ? receipts : [];
        },
        async stop() {
          await Promise.all([proxy.stop(), mock.stop()]);
          expect(mock.problems).toEqual([]);
        },
      };
    },
  };
}
