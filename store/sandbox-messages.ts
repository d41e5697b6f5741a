// The sandbox's outbox: sealed messages, kept for an hour.

import type { SandboxMessageDocument } from './carrier-documents.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';

type Messages = Pick<Database, 'sandboxMessages'>;

const KEPT_MS = 3_600_000;
/** The newest messages of a number that are shown. */
const MAX_SHOWN = 100;

const oldest = () => new Date(Date.now() - KEPT_MS);

/** Keeps a message; the same id again changes nothing. */
export async function keepSandboxMessage(
  { sandboxMessages }: Messages,
  message: SandboxMessageDocument,
): Promise<void> {
  try {
    await sandboxMessages.insertOne(message);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** Whether a message with this id was kept. */
export async function hasSandboxMessage({ sandboxMessages }: Messages, id: string): Promise<boolean> {
  return (await sandboxMessages.findOne({ _id: id }, { projection: { _id: 1 } })) !== null;
}

/** Notes that the code of a message was typed, as its carrier was told. */
export async function noteTypedSandboxMessage({ sandboxMessages }: Messages, id: string): Promise<void> {
  await sandboxMessages.updateOne({ _id: id }, { $set: { typedAt: new Date() } });
}

/** An account's messages to a number, by the hashes it may stand under, newest first. */
export async function findSandboxMessages(
  { sandboxMessages }: Messages,
  accountId: string,
  hashes: readonly string[],
): Promise<SandboxMessageDocument[]> {
  return await sandboxMessages
    .find({ recipientHash: { $in: [...hashes] }, accountId, sentAt: { $gte: oldest() } })
    .sort({ sentAt: -1 })
    .limit(MAX_SHOWN)
    .toArray();
}

/** Forgets what is older than an hour. */
export async function purgeSandboxMessages({ sandboxMessages }: Messages): Promise<void> {
  await sandboxMessages.deleteMany({ sentAt: { $lt: oldest() } });
}
