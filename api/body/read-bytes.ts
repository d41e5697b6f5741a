// Reads the bytes of a request, up to a limit, and tells a client that hung up from one that sent too much.
import type { IncomingMessage } from 'node:http';
import { RefusedError } from '../../domain/errors.ts';

/** The client hung up before its request was whole, or before it could be answered: nobody's fault, and nobody to tell. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** Whether a body comes. Clients that send none say so by the length 0, or say nothing. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && Number(length) !== 0);
}

/** @throws RefusedError bodyTooLarge, ClientGone */
export function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(new RefusedError('bodyTooLarge'));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (done: () => void) => {
      request.off('data', take).off('end', whole).off('error', gone).off('close', gone);
      // What still comes is dropped, so that the answer gets through and the connection can be used again.
      request.on('error', () => undefined).resume();
      done();
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) settle(() => reject(new RefusedError('bodyTooLarge')));
      else chunks.push(chunk);
    };
    const whole = () => settle(() => resolve(Buffer.concat(chunks)));
    const gone = () => settle(() => reject(new ClientGone('the client hung up in the middle of its request')));
    if (request.destroyed) gone();
    else request.on('data', take).on('end', whole).on('error', gone).on('close', gone);
  });
}
