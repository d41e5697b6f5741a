// A request has exactly one end: a response, silence, the end of the connection, or nothing written at all.
import { EventEmitter } from 'node:events';
import type { Pdu, Session } from 'smpp';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRequests } from '../../../carriers/smpp/requests.ts';
import '../../../carriers/smpp/protocol.ts';

type Callbacks = Session['_callbacks'];

/** As the library does: numbers a request, keeps its callback, and says whether it could write. */
class FakeSession extends EventEmitter {
  readonly _callbacks: Callbacks = {};
  readonly sent: Pdu[] = [];
  writable = true;

  send(pdu: Pdu, onResponse?: (response: Pdu) => void): boolean {
    if (!this.writable) return false;
    const numbered = Object.assign(pdu, { sequence_number: this.sent.length + 1 });
    this._callbacks[numbered.sequence_number] = onResponse;
    (pdu as unknown as { toBuffer(): Buffer }).toBuffer();
    this.sent.push(numbered);
    return true;
  }

  respond(at = 0): void {
    const pdu = this.sent[at];
    if (!pdu) throw new Error('nothing was sent');
    this._callbacks[pdu.sequence_number]?.(pdu.response({ message_id: '7' }));
  }

  close() {}
  destroy() {}
}

let session: FakeSession;
const send = (fields: object = {}, onLate?: (pdu: Pdu) => void) =>
  createRequests(session as Session).send('submit_sm', fields as never, 1_000, onLate);

beforeEach(() => {
  vi.useFakeTimers();
  session = new FakeSession();
});
afterEach(() => void vi.useRealTimers());

describe('a request', () => {
  test('ends with its response', async () => {
    const answer = send();
    session.respond();
    expect(await answer).toMatchObject({ kind: 'answered', pdu: { command: 'submit_sm_resp', message_id: '7' } });
  });

  test('ends in silence after its time, and is forgotten', async () => {
    const answer = send();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answer).toEqual({ kind: 'silence' });
    expect(session._callbacks).toEqual({});
  });

  test('that is answered late says so to whoever still wants to know, for a minute', async () => {
    const late = vi.fn();
    const answer = send({}, late);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await answer).toEqual({ kind: 'silence' });
    session.respond();
    expect(late).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(31_000);
    expect(session._callbacks).toEqual({});
  });

  test('is lost with the connection, which the library tells nobody', async () => {
    const requests = createRequests(session as Session);
    const answers = [requests.send('submit_sm', {}, 1_000), requests.send('submit_sm', {}, 1_000)];
    expect(requests.waiting()).toBe(2);
    session.emit('close');
    expect(await Promise.all(answers)).toEqual([{ kind: 'lost' }, { kind: 'lost' }]);
    expect(requests.waiting()).toBe(0);
  });

  test('on a connection that has ended is unwritten', async () => {
    session.writable = false;
    expect(await send()).toEqual({ kind: 'unwritten' });
  });

  test('with a field that cannot be written is unwritable, and leaves nothing behind', async () => {
    expect(await send({ short_message: Buffer.alloc(256) })).toEqual({ kind: 'unwritable' });
    expect(session.sent).toEqual([]);
    expect(session._callbacks).toEqual({});
  });

  test('that SMPP does not know is refused, and leaves nothing that would go off later', async () => {
    const sent = createRequests(session as Session).send('no_such_thing', {}, 1_000);
    await expect(sent).rejects.toThrow();
    expect(vi.getTimerCount()).toBe(0);
  });
});
