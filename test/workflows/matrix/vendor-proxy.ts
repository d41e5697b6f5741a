// Stands before a vendor's mock and does with each message what the matrix says: lets it through, refuses it, or keeps the answer.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listening } from '../../support/listen.ts';
import type { Script } from './subject.ts';

export interface Vendor {
  /** Where its mock listens. */
  readonly upstream: string;
  /** Whether a request hands over a message; others go through. */
  isSend(method: string, path: string): boolean;
  /** How it names what it took, from its answer. */
  idOf(answer: string): string;
  /** What it says to a message it will never deliver. */
  readonly refusal: { readonly status: number; readonly body: string; readonly type?: string };
}

/** The numbers of the matrix, and the keys of its sends, however a vendor has them. */
const recipients = /3069485\d{5}/;
const keys = /[0-9a-f]{8}-[0-9a-f-]{27}:send:\d+(\.\d+)?/;

export async function startVendorProxy(
  vendor: Vendor,
  scriptFor: (recipient: string) => Script | undefined,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });
  const { url, close } = await listening(server);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = 'GET', url: path = '/' } = request;
    const said = decoded(`${path} ${body}`);
    const script = vendor.isSend(method, path) ? scriptFor(`+${recipients.exec(said)?.[0]}`) : undefined;
    if (script?.outcome === 'rejected') return say(response, vendor.refusal);
    if (script?.outcome === 'busy') return say(response, { status: 429, body: '' });
    if (script?.outcome === 'fault') return say(response, { status: 401, body: '{}' });
    const { host: _, connection: __, ...headers } = request.headers as Record<string, string>;
    const answer = await fetch(`${vendor.upstream}${path}`, { method, headers, ...(method !== 'GET' && { body }) });
    const text = await answer.text();
    if (script) await script.taken(vendor.idOf(text), keys.exec(said)?.[0] ?? '');
    if (script?.outcome === 'unknown') response.destroy();
    else say(response, { status: answer.status, body: text, type: answer.headers.get('content-type') ?? undefined });
  }

  return { url, stop: close };
}

function say(response: ServerResponse, answer: { status: number; body: string; type?: string | undefined }): void {
  response.writeHead(answer.status, { 'Content-Type': answer.type ?? 'application/json' }).end(answer.body);
}

/** As often as it was encoded: a URL stands in a form, for one. A percent sign may also stand for itself. */
export function decoded(text: string): string {
  const once = text.replaceAll(/(%[0-9a-f]{2})+/gi, (each) => Buffer.from(each.replaceAll('%', ''), 'hex').toString());
  return once === text ? text : decoded(once);
}
