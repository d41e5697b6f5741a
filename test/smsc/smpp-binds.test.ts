// The SMPP carrier's binds: refused, shared by messages, full, throttled, secured, closed.
import { rootCertificates } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CarrierFault, CarrierRejected, CarrierUnavailable } from '../../carriers/carrier.ts';
import { eventually } from '../support/eventually.ts';
import {
  bound,
  type CarrierChanges,
  outgoing,
  PASSWORD,
  sendAtLast,
  smppCarrier,
  type TestedCarrier,
} from '../support/smpp-carrier.ts';
import { type Smsc, startSmsc } from '../support/smsc.ts';

let smsc: Smsc;
let tested: TestedCarrier;

beforeAll(async () => {
  smsc = await startSmsc({}, () => {});
  return () => smsc.stop();
});
beforeEach(() => smsc.reset());
afterEach(() => tested.close());

const send = () => tested.carrier.send(outgoing(), 'key');

async function start(changes: CarrierChanges = {}, count = 1) {
  tested = smppCarrier(smsc, changes);
  await bound(smsc, tested, count);
}

describe('a bind', () => {
  test.each([
    ['ESME_RINVPASWD', { password: 'other' }],
    ['ESME_RINVSYSID', { systemId: 'other' }],
    ['ESME_RBINDFAIL', { bindStatus: 0x0d }],
  ])('refused with %s is CarrierFault, says no password, and is made once it is allowed', async (name, refusal) => {
    await smsc.set(refusal);
    tested = smppCarrier(smsc);
    const error = await send().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CarrierFault);
    expect((error as Error).message).toBe(`the SMSC refused the bind (${name})`);
    expect(tested.log.join()).toContain(name);
    expect(tested.log.join()).not.toContain(PASSWORD);
    await smsc.reset();
    await sendAtLast(tested.carrier);
  });

  test('to nobody is CarrierFault, and says which error Node met', async () => {
    tested = smppCarrier({ host: '127.0.0.1', port: 1 });
    await expect(send()).rejects.toThrow(new CarrierFault('the SMSC could not be reached (ECONNREFUSED)'));
  });

  test('that is not answered is given up and made again', async () => {
    await smsc.set({ bindAfterMs: 3_000 });
    tested = smppCarrier(smsc, { settings: { responseTimeoutSeconds: 1 } });
    await eventually('it says so', async () => tested.log.join().includes('did not answer the bind'));
    await smsc.reset();
    await sendAtLast(tested.carrier);
  });

  test('is made as often as this process may, and messages go by all of them', async () => {
    await start({ settings: { binds: 5, window: 1 }, binds: 3 }, 3);
    await smsc.set({ respondAfterMs: 300 });
    await Promise.all([send(), send(), send()]);
    expect(new Set((await smsc.submits()).map(({ bind }) => bind)).size).toBe(3);
    expect((await smsc.binds()).filter(({ endedAt }) => endedAt === null)).toHaveLength(3);
  });
});

describe('a window', () => {
  test('that is full lets a message wait, and then refuse it: CarrierUnavailable, and it never left', async () => {
    await start({ settings: { window: 2, responseTimeoutSeconds: 5 } });
    await smsc.set({ respondAfterMs: 1_000 });
    await Promise.all([send(), send(), send(), send()]);
    expect(await smsc.submits()).toHaveLength(4);
    await smsc.set({ respondAfterMs: 3_000 });
    const ends = await Promise.allSettled([send(), send(), send()]);
    expect(ends.map((end) => (end.status === 'rejected' ? end.reason : end.status))).toEqual([
      'fulfilled',
      'fulfilled',
      new CarrierUnavailable('as much is under way as the SMSC takes', 1000),
    ]);
    expect(await smsc.submits()).toHaveLength(6);
  });

  test('throttled by the SMSC (ESME_RTHROTTLED, 0x58) pauses all messages, not only the one', async () => {
    await start();
    await smsc.rule({ times: 1 }, { status: 0x58 });
    await expect(send()).rejects.toBeInstanceOf(CarrierUnavailable);
    const paused = Date.now();
    await send();
    expect(Date.now() - paused).toBeGreaterThan(250);
  });
});

describe('closing', () => {
  test('waits for the answer that is under way, unbinds, refuses what comes after, and may be repeated', async () => {
    await start();
    await smsc.set({ respondAfterMs: 600 });
    const sending = send();
    await Promise.all([tested.close(), expect(sending).resolves.toMatchObject({ parts: 1 })]);
    await expect(send()).rejects.toBeInstanceOf(CarrierUnavailable);
    await tested.close();
    await eventually('no connection is left', async () =>
      (await smsc.binds()).every(({ endedAt }) => endedAt !== null),
    );
  });

  test('gives a connection up that is not made yet', async () => {
    await smsc.set({ bindAfterMs: 10_000 });
    tested = smppCarrier(smsc, { settings: { responseTimeoutSeconds: 12 } });
    const begun = Date.now();
    await tested.close();
    expect(Date.now() - begun).toBeLessThan(5_000);
  });
});

describe('by TLS', () => {
  let secure: Smsc;
  beforeAll(async () => {
    secure = await startSmsc({ tls: true }, () => {});
    return () => secure.stop();
  });

  test('a message is accepted by an SMSC whose certificate is trusted', async () => {
    tested = smppCarrier(secure, { settings: { tls: { ca: secure.certificate } } });
    await sendAtLast(tested.carrier);
  });

  test.each([
    ['is not trusted', () => ({ ca: rootCertificates[0] }), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['names another', () => ({ ca: secure.certificate, servername: 'smsc.example' }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('an SMSC whose certificate %s gets no password: CarrierFault', async (_what, tls, code) => {
    const bindsBefore = (await secure.binds()).length;
    tested = smppCarrier(secure, { settings: { tls: tls() } });
    await expect(send()).rejects.toThrow(new CarrierFault(`the SMSC could not be reached (${code})`));
    expect(await secure.binds()).toHaveLength(bindsBefore);
  });
});

test('a message SMPP cannot carry is CarrierRejected, and no connection is asked for', async () => {
  await start();
  for (const changes of [{ method: 'voice' }, { originator: 'Ω' }, { originator: 'x'.repeat(21) }] as const) {
    await expect(tested.carrier.send(outgoing(changes), 'key')).rejects.toBeInstanceOf(CarrierRejected);
  }
  expect(await smsc.submits()).toEqual([]);
});
