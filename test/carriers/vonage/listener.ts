// This service as Vonage sees it, without the rest of it: takes its reports and answers its calls with what the API would use.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerCall, MOST_ROUNDS } from '../../../carriers/call-answers.ts';
import type { CarrierRequest, CarrierUrls, SealedCall } from '../../../carriers/carrier-request.ts';
import { parseReceipts } from '../../../carriers/receipt-parsers.ts';
import type { Receipt } from '../../../domain/receipt.ts';
import { openCall } from '../../../secrets/call-token.ts';
import { callUrl, receiptUrl } from '../../../secrets/carrier-urls.ts';
import { fixedRing } from '../../support/key-rings.ts';

export interface Listener {
  readonly urls: CarrierUrls;
  /** Taken, oldest first. */
  readonly receipts: Receipt[];
  /** What was answered other than with 200. */
  readonly refused: number[];
  /** Whether the verification has ended. */
  over: boolean;
  stop(): Promise<void>;
}

/** @param configuration of the carrier, as it is kept */
export async function startListener(configuration: { settings: object; secrets: object }): Promise<Listener> {
  const ring = fixedRing('k1');
  const [receipts, refused]: [Receipt[], number[]] = [[], []];
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming, base);
    const [, , , kind, token = ''] = new URL(request.url).pathname.split('/');
    const refuse = (status: number) => {
      refused.push(status);
      response.writeHead(status).end();
    };
    if (kind === 'receipts') {
      const found = await parseReceipts('vonage', request, configuration);
      if (found === 'notGenuine') return refuse(401);
      if (!found) return refuse(422);
      receipts.push(...found);
      response.writeHead(200).end('{}');
      return;
    }
    const call = openCall(ring, 'vonage', token) as SealedCall;
    const round = Number(request.query.round);
    const over = listener.over || round > MOST_ROUNDS;
    const again = callUrl(ring, base, 'vonage', call, round + 1);
    const answer = await answerCall('vonage', { ...call, round, over, again }, request, configuration);
    if (answer === 'notGenuine') return refuse(401);
    if (!answer) return refuse(422);
    receipts.push(...answer.receipts);
    response.writeHead(200, { 'Content-Type': answer.type }).end(answer.body);
  }

  const listener: Listener = {
    urls: {
      receipts: (idempotencyKey) => receiptUrl(ring, base, 'vonage', idempotencyKey),
      call: (call, round) => callUrl(ring, base, 'vonage', call, round),
    },
    receipts,
    refused,
    over: false,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return listener;
}

async function read(incoming: IncomingMessage, base: string): Promise<CarrierRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const rawBytes = Buffer.concat(chunks);
  const rawBody = rawBytes.toString();
  const url = `${base}${incoming.url}`;
  return {
    method: incoming.method ?? '',
    url,
    query: Object.fromEntries(new URL(url).searchParams),
    body: rawBody === '' ? undefined : JSON.parse(rawBody),
    rawBody,
    rawBytes,
    headers: incoming.headers,
  };
}
