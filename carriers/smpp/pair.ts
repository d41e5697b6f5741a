// A transmitter and a receiver side by side, for SMSCs that know no transceivers: as one connection, which ends with either.
import type { BindKind } from './bind.ts';
import type { Connection } from './connection.ts';

/**
 * The receiver first, so that no receipt comes to nobody.
 * @throws BindFailure where either is refused
 */
export async function openPair(open: (kind: BindKind) => Promise<Connection>): Promise<Connection> {
  const receiver = await open('receiver');
  const transmitter = await open('transmitter').catch(async (failure: unknown) => {
    await receiver.unbind();
    throw failure;
  });
  const ended = Promise.race([receiver.ended, transmitter.ended]).then(async (reason) => {
    // Messages under way on the other have their answers before it is unbound.
    await Promise.all([receiver.unbind(), transmitter.unbind()]);
    return reason;
  });
  return {
    usable: () => receiver.usable() && transmitter.usable(),
    request: transmitter.request,
    ended,
    async unbind() {
      await transmitter.unbind();
      await receiver.unbind();
      await ended;
    },
    destroy() {
      transmitter.destroy();
      receiver.destroy();
    },
  };
}
