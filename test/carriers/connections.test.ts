// Several connections to one carrier: taken in turn, and past those that are out of order.
import { expect, test } from 'vitest';
import { type Carrier, CarrierFault, CarrierRejected, type OutgoingMessage } from '../../carriers/carrier.ts';
import { overConnections } from '../../carriers/connections.ts';

const message = {} as OutgoingMessage;
const sends = (id: string, error?: Error): Carrier => ({
  name: 'fake',
  receipts: true,
  async send() {
    if (error) throw error;
    return { messageIds: [id], parts: 1 };
  },
});
const taken = async (carrier: Carrier, n: number) => {
  const ids: string[] = [];
  for (let i = 0; i < n; i += 1) ids.push(...(await carrier.send(message, 'k')).messageIds);
  return ids;
};

test('each message goes through the next one', async () => {
  const all = ['a', 'b', 'c'].map((id) => sends(id));
  const carrier = overConnections(all[0] as Carrier, () => all);
  expect((await taken(carrier, 6)).sort()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  expect(carrier).toMatchObject({ name: 'fake', receipts: true });
});

test('one that is out of order is passed over, and only when all are is the carrier at fault', async () => {
  const broken = sends('b', new CarrierFault('down'));
  const all = [sends('a'), broken];
  const carrier = overConnections(broken, () => all);
  expect(await taken(carrier, 3)).toEqual(['a', 'a', 'a']);
  const none = overConnections(broken, () => [broken, broken]);
  await expect(none.send(message, 'k')).rejects.toThrow(CarrierFault);
  await expect(overConnections(broken, () => []).send(message, 'k')).rejects.toThrow('no connection');
});

test('a refusal is the last word: the message is not tried through another', async () => {
  const refusing = sends('a', new CarrierRejected('no such number'));
  const carrier = overConnections(refusing, () => [refusing, refusing]);
  await expect(carrier.send(message, 'k')).rejects.toThrow(CarrierRejected);
});

test('a connection that came or went counts from the next message on', async () => {
  const all = [sends('a')];
  const carrier = overConnections(all[0] as Carrier, () => all);
  expect(await taken(carrier, 1)).toEqual(['a']);
  all.splice(0, 1, sends('b'));
  expect(await taken(carrier, 1)).toEqual(['b']);
});
