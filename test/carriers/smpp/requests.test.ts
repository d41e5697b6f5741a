// A request has exactly one end: a response, silence, the end of the connection, or nothing written at all.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Pdu } from '../../../carriers/smpp/pdu.ts';
import { createRequests, type Requests } from '../../../carriers/smpp/requests.ts';

const SUBMIT_SM_RESP = 0x8000_0004;
const GENERIC_NACK = 0x8000_0000;

let socket: { writable: boolean; write(octets: Buffer): boolean };
let written: Buffer[];
let requests: Requests;
const send = (fields: object = {}, onLate?: (pdu: Pdu) => void) =>
  requests.send('submit_sm', fields as never, 1_000, onLate);
/** What answers the request that was written as this one. */
const response = (changes: Partial<Pdu> = {}, at = 0): Pdu => ({
  command_id: SUBMIT_SM_RESP,
  command_status: 0,
  sequence_number: written[at]?.readUInt32BE(12) ?? 0,
  message_id: '7',
  unread: [],
  ...changes,
});

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  socket = { writable: true, write: (octets) => written.push(octets) > 0 };
  requests = createRequests(socket as never);
});
afterEach(() => void vi.useRealTimers());

describe('a request', () => {
  test('ends with its response', async () => {
    const answer = send();
    expect(requests.answered(response())).toBe(true);
    expect(await answer).toMatchObject({ kind: 'answered', pdu: { command_id: SUBMIT_SM_RESP, message_id: '7' } });
  });

  test('ends with a generic_nack of its sequence number', async () => {
    const answer = send();
    expect(requests.answered(response({ command_id: GENERIC_NACK, command_status: 3 }))).toBe(true);
    expect(await answer).toMatchObject({ kind: 'answered', pdu: { command_status: 3 } });
  });

  test.each([
    ['of another number', { sequence_number: 99 }],
    ['of number 0', { sequence_number: 0 }],
    ['to an enquire_link', { command_id: 0x8000_0015 }],
    ['to a bind', { command_id: 0x8000_0009 }],
    ['to a command nobody knows', { command_id: 0xffff_ffff }],
  ])('does not end with a response %s: its own may follow', async (_what, changes) => {
    const answer = send();
    expect(requests.answered(response(changes))).toBe(false);
    expect(requests.waiting()).toBe(1);
    expect(requests.answered(response())).toBe(true);
    expect(await answer).toMatchObject({ kind: 'answered' });
    expect(requests.answered(response())).toBe(false);
  });

  test('ends in silence after its time, and is forgotten', async () => {
    const answer = send();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answer).toEqual({ kind: 'silence' });
    expect([requests.waiting(), requests.answered(response())]).toEqual([0, false]);
  });

  test('that is answered late says so once to whoever still wants to know, for a minute', async () => {
    const late = vi.fn();
    const answers = [send({}, late), send({}, late)];
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await Promise.all(answers)).toEqual([{ kind: 'silence' }, { kind: 'silence' }]);
    expect([requests.answered(response()), requests.answered(response())]).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(requests.answered(response({}, 1))).toBe(false);
    expect(late).toHaveBeenCalledOnce();
  });

  test('is lost with its connection', async () => {
    const answers = [send(), send()];
    expect(requests.waiting()).toBe(2);
    requests.ended();
    expect(await Promise.all(answers)).toEqual([{ kind: 'lost' }, { kind: 'lost' }]);
    expect([requests.waiting(), vi.getTimerCount()]).toEqual([0, 0]);
  });

  test('on a connection that has ended is unwritten', async () => {
    socket.writable = false;
    expect(await send()).toEqual({ kind: 'unwritten' });
    expect(written).toEqual([]);
  });

  test('with a field that cannot be written is unwritable, and leaves nothing behind', async () => {
    expect(await send({ short_message: Buffer.alloc(256) })).toEqual({ kind: 'unwritable' });
    expect([written, requests.waiting()]).toEqual([[], 0]);
  });

  test('that SMPP does not know is refused, and leaves nothing that would go off later', async () => {
    await expect(requests.send('no_such_thing', {}, 1_000)).rejects.toThrow();
    expect(vi.getTimerCount()).toBe(0);
  });
});
