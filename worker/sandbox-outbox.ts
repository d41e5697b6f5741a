// The sandbox's outbox on our database: what it keeps is sealed and forgotten after an hour.
import type { SandboxOutbox } from '../carriers/sandbox/carrier.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { recipientHash } from '../secrets/recipient.ts';
import { sealSandboxMessage } from '../secrets/sandbox-message.ts';
import type { Database } from '../store/database.ts';
import {
  hasSandboxMessage,
  keepSandboxMessage,
  noteTypedSandboxMessage,
  purgeSandboxMessages,
} from '../store/sandbox-messages.ts';

const PURGE_EVERY_MS = 60_000;

/** The outbox, and `stop` to end its purging. */
export function createSandboxOutbox(database: Database, ring: KeyRing): SandboxOutbox & { stop(): void } {
  const purge = () => purgeSandboxMessages(database).catch(() => undefined);
  const timer = setInterval(purge, PURGE_EVERY_MS);
  timer.unref();
  void purge();
  return {
    async keep({ trackingId, accountId, recipient, originator, method, text, speech }, idempotencyKey) {
      const content = { recipient, originator, method, text, ...(speech && { language: speech.language }) };
      await keepSandboxMessage(database, {
        _id: idempotencyKey,
        trackingId,
        accountId,
        recipientHash: recipientHash(ring.maker, recipient),
        sealed: sealSandboxMessage(ring, idempotencyKey, content),
        sentAt: new Date(),
      });
    },
    has: (idempotencyKey) => hasSandboxMessage(database, idempotencyKey),
    noteTyped: (idempotencyKey) => noteTypedSandboxMessage(database, idempotencyKey),
    stop: () => clearInterval(timer),
  };
}
