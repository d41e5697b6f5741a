// Vonage on loopback: takes requests as its public descriptions have them, refuses as it is told, reports and calls back as it does.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { descriptionProblem } from './description.ts';
import { type PlacedCall, placedCall } from './mock-calls.ts';
import {
  type Behaviour,
  type Conversion,
  type MockAnswer,
  type MockRequest,
  type Network,
  vonageNetwork,
} from './mock-network.ts';
import { type ReportSettings, reporter, type SentSms } from './mock-reports.ts';

export type MockSettings = ReportSettings & Pick<Network, 'apiSecret' | 'publicKey'>;

export interface VonageMock {
  readonly url: string;
  /** What no description allows, of requests and of answers to reports: none, in an honest test. */
  readonly problems: readonly string[];
  /** Accepted, oldest first. */
  readonly sms: readonly SentSms[];
  readonly calls: readonly PlacedCall[];
  readonly conversions: readonly Conversion[];
  /** How the next requests go, one after the other; those after them are accepted. */
  next(...behaviours: readonly Behaviour[]): void;
  /** Tells what became of the newest SMS, part by part. @returns the HTTP statuses it was answered with */
  reportSms(status: string, errorCode?: string): Promise<number[]>;
  stop(): Promise<void>;
}

/** Starts it on a port of its own. */
export async function startVonageMock(settings: MockSettings = {}): Promise<VonageMock> {
  const problems: string[] = [];
  const sms: SentSms[] = [];
  const calls: PlacedCall[] = [];
  const conversions: Conversion[] = [];
  const behaviours: Behaviour[] = [];
  const report = reporter(settings, (problem) => void problems.push(problem));
  const answer = vonageNetwork({
    ...settings,
    check(what, value) {
      const problem = descriptionProblem(what, value);
      if (problem !== undefined) problems.push(problem);
    },
    behaviour: () => behaviours.shift() ?? 'accept',
    accepted: (message) => void sms.push(message),
    called: (uuid, body) => void calls.push(placedCall(uuid, body, report)),
    converted: (conversion) => void conversions.push(conversion),
  });
  const server = createServer((request, response) => {
    void read(request)
      .then(answer)
      .then((answered) => finish(response, answered));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    problems,
    sms,
    calls,
    conversions,
    next: (...given) => void behaviours.push(...given),
    async reportSms(status, errorCode) {
      const newest = sms.at(-1);
      if (!newest) throw new Error('No SMS was accepted');
      const statuses: number[] = [];
      for (const messageId of newest.messageIds) statuses.push(await report.sms(newest, messageId, status, errorCode));
      return statuses;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<MockRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://vonage.test');
  return {
    method: request.method ?? '',
    path: pathname,
    query: Object.fromEntries(searchParams),
    authorization: request.headers.authorization ?? '',
    type: (request.headers['content-type'] ?? '').split(';')[0] ?? '',
    text: Buffer.concat(chunks).toString(),
  };
}

/** Answers, or does what there is instead of an answer. */
function finish(response: ServerResponse, { status, body, headers = {}, behaviour = 'accept' }: MockAnswer): void {
  if (behaviour === 'silence') return;
  if (behaviour === 'drop') {
    response.socket?.destroy();
    return;
  }
  const text = typeof behaviour === 'object' && 'text' in behaviour ? behaviour.text : JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(text);
}
