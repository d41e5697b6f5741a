// Several connections to one carrier as one: each message goes through the next, and past those that are out of order.
import { type Acceptance, type Carrier, CarrierFault, type OutgoingMessage } from './carrier.ts';

/** `connections` may change from send to send; `like` is one of them, for what they have in common. */
export function overConnections(like: Carrier, connections: () => readonly Carrier[]): Carrier {
  let turn = 0;
  return {
    name: like.name,
    receipts: like.receipts,
    ...(like.receiptsFor && { receiptsFor: like.receiptsFor.bind(like) }),
    async send(message, idempotencyKey) {
      const all = connections();
      turn += 1;
      return await sendOver(
        all.map((_, index) => all[(turn + index) % all.length] ?? like),
        message,
        idempotencyKey,
      );
    },
    ...(like.lookup && { lookup: async (question) => (await any(connections).lookup?.(question)) ?? 'unknown' }),
    ...(like.reportVerified && { reportVerified: async (ids) => await any(connections).reportVerified?.(ids) }),
  };
}

/** A fault is certain that no message left, so the next connection may have it. */
async function sendOver(
  [first, ...others]: readonly Carrier[],
  message: OutgoingMessage,
  key: string,
): Promise<Acceptance> {
  if (!first) throw new CarrierFault('it has no connection');
  try {
    return await first.send(message, key);
  } catch (error) {
    if (!(error instanceof CarrierFault) || others.length === 0) throw error;
    return await sendOver(others, message, key);
  }
}

function any(connections: () => readonly Carrier[]): Carrier {
  const [first] = connections();
  if (first) return first;
  throw new CarrierFault('it has no connection');
}
