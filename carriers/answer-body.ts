// The body of an answer as text: at most so much of it, unpacked where it came packed, in the charset it names.
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { decodeText } from '../domain/decode-text.ts';

/** Read at most of an answer; what comes after is cut off. */
export const MAX_ANSWER_BYTES = 262_144;

const unpackers: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** @throws Error when it breaks off, takes longer than its request may, or is packed wrongly */
export async function readAnswer(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let read = 0;
  for await (const chunk of unpacked(answer)) {
    const part = (chunk as Buffer).subarray(0, MAX_ANSWER_BYTES - read);
    parts.push(part);
    read += part.length;
    if (read >= MAX_ANSWER_BYTES) break;
  }
  return decodeText(Buffer.concat(parts), answer.headers['content-type']);
}

/** Nobody is asked to pack anything; some do all the same. */
function unpacked(answer: IncomingMessage): Readable {
  const unpacker =
    unpackers[
      String(answer.headers['content-encoding'] ?? '')
        .trim()
        .toLowerCase()
    ];
  // Its errors come out of the reading.
  return unpacker ? (pipeline(answer, unpacker(), () => undefined) as unknown as Readable) : answer;
}
