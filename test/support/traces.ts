// Searches everything a stack leaves behind for words that betray a person: documents, histories in clear, visibility, logs.
import { Client, isGrpcServiceError } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { maskNumber } from '../../domain/phone.ts';
import type { KeyRing } from '../../secrets/key-ring.ts';
import { showPayload } from '../../secrets/payload-codec.ts';
import { openText, recipientHashes, type SealedText } from '../../secrets/recipient.ts';
import type { Stack } from './stack.ts';

const NOT_FOUND = 5;

/** What betrays a number: itself without the country's code, its mask, its hashes under every key. */
export function betrayalsOf(ring: KeyRing, number: string, callingCode: string): string[] {
  return [number.slice(callingCode.length), maskNumber(number), ...recipientHashes(ring, number)];
}

/** Where any of the words stands, as `word in place`. Whatever is sealed is opened first; `logs` are searched as they are. */
export async function tracesOf(stack: Stack, words: readonly string[], logs: readonly string[]): Promise<string[]> {
  const places = new Map<string, string>(logs.map((log, index) => [`log ${index}`, log]));
  const { db } = stack.database;
  for (const { name } of await db.listCollections().toArray()) {
    places.set(`collection ${name}`, withSealedOpened(stack.ring, await db.collection(name).find().toArray()));
  }
  for await (const { raw, workflowId, runId } of bare(stack).workflow.list()) {
    // One deleted since it was listed, as another test may do meanwhile, holds nothing.
    const history = await stack.temporal.workflow.getHandle(workflowId, runId).fetchHistory().catch(nothingIfGone);
    places.set(`history ${workflowId} ${runId}`, inClear(stack.ring, history));
    places.set(`visibility ${workflowId} ${runId}`, inClear(stack.ring, raw));
  }
  return [...places].flatMap(([place, text]) => words.filter((w) => text.includes(w)).map((w) => `${w} in ${place}`));
}

function nothingIfGone(error: unknown): undefined {
  if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
}

/** A client that leaves payloads as they are. */
const bare = ({ temporal }: Stack) =>
  new Client({ connection: temporal.connection, namespace: temporal.options.namespace });

/** Documents as text, and every sealed text in them opened. */
function withSealedOpened(ring: KeyRing, documents: readonly object[]): string {
  const opened = documents.map((document) => {
    const { _id, recipient, sealed } = document as { _id: string; recipient?: SealedText; sealed?: SealedText };
    return [recipient, sealed].flatMap((text) => (text ? [openText(ring, text, _id)] : [])).join(' ');
  });
  return `${JSON.stringify(documents)}\n${opened.join('\n')}`;
}

/** An object of Temporal's as text, all its payloads decrypted. */
function inClear(ring: KeyRing, value: unknown): string {
  const payloads = payloadsIn(value);
  const decoded = payloads.map((payload) => showPayload(ring, payload));
  return [JSON.stringify(value), ...decoded.map(({ data }) => Buffer.from(data ?? []).toString())].join('\n');
}

/** Every payload, however deep; searched by hand, since these objects turn their bytes to base64 when they are made to text. */
function payloadsIn(value: unknown): Payload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const { metadata, data } = value as Payload;
  const own = metadata?.encoding instanceof Uint8Array && data ? [{ metadata, data }] : [];
  return [...own, ...Object.values(value).flatMap(payloadsIn)];
}
