// A gateway on loopback for tests: answers as its description says, or as it is told for once, and remembers what it was asked.
import { createServer } from 'node:http';
import { listening } from '../support/listen.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answered {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A message is on its way. */
  readonly accepts?: boolean;
}

/** `lost`: it does what it does, and never answers. `dropped`: it ends the connection instead. */
export type Behaviour = Answered | 'lost' | 'dropped';

export interface Gateway {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** What it accepted, in order. */
  readonly accepted: readonly Asked[];
  /** What it does with the next request that it would accept. */
  next(behaviour: Behaviour): void;
  reset(): void;
  stop(): Promise<void>;
}

/** @param answer as the gateway's documentation has it */
export async function startGateway(answer: (asked: Asked) => Answered): Promise<Gateway> {
  const [asked, accepted, script]: [Asked[], Asked[], Behaviour[]] = [[], [], []];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '', 'http://gateway');
    const one: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: Buffer.concat(chunks).toString(),
    };
    asked.push(one);
    const usual = answer(one);
    const told = usual.accepts ? script.shift() : undefined;
    const { status, body, headers, accepts } = typeof told === 'object' ? told : usual;
    if (accepts) accepted.push(one);
    if (told === 'lost') return;
    if (told === 'dropped') return void request.socket.destroy();
    response.writeHead(status, headers).end(body);
  });
  const { url, close } = await listening(server);
  return {
    url,
    asked,
    accepted,
    next: (behaviour) => void script.push(behaviour),
    reset() {
      for (const list of [asked, accepted, script]) list.length = 0;
    },
    stop: close,
  };
}
