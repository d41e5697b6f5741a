// A receiver of callbacks on loopback: answers as it is told and remembers what came.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedCallback {
  readonly at: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the service sent.
  readonly body: any;
}

export interface Receiver {
  /** `host:port`, as CALLBACK_ALLOWED_HOSTS names it. */
  readonly host: string;
  readonly url: string;
  readonly received: ReceivedCallback[];
  /** How the next callbacks are answered. */
  answer: (response: ServerResponse) => void;
  stop(): Promise<void>;
}

export const answer200 = (response: ServerResponse) => void response.writeHead(200).end('ok');

export async function startReceiver(): Promise<Receiver> {
  const received: ReceivedCallback[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      received.push({ at: Date.now(), headers: request.headers, text, body: JSON.parse(text) });
      receiver.answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/callbacks`,
    received,
    answer: answer200,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
