// The key ring rotated while a verification is pending: its code stays good as long as its key is in the ring.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashSecret } from '../../secrets/credentials.ts';
import { parseKeyRing } from '../../secrets/key-ring.ts';
import { ApiClient } from '../support/api-client.ts';
import { resultOf } from '../support/engine.ts';
import { createStack, drawKey, type Stack, type TestApplication } from '../support/stack.ts';

const [k1, k2] = [drawKey('k1'), drawKey('k2')];
const ring = (...keys: { id: string; secret: string }[]) => JSON.stringify({ keys });

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  // The test itself reads results made under either key.
  stack = await createStack({ keys: [k1, k2] });
  app = await stack.addApplication();
});
afterAll(() => stack?.stop());

/** Runs a story on an api and a worker that hold these rings, then ends both. */
async function onFleet<T>(rings: { api: string; worker: string }, story: () => Promise<T>): Promise<T> {
  const fleet = await Promise.all([
    stack.startApi({ KEY_RING: rings.api }),
    stack.startWorker({ KEY_RING: rings.worker }),
  ]);
  try {
    return await story();
  } finally {
    await Promise.all(fleet.map((process) => process.stop()));
  }
}

async function openWithCode() {
  const trackingId = await app.api.open();
  return { trackingId, code: await app.api.code(trackingId) };
}

/** The application gets credentials under the second key, as an operator who retires the first would see to. */
async function renewCredentials() {
  const { applicationId, applicationSecret } = app;
  const secret = hashSecret(parseKeyRing(ring(k2)), applicationId, applicationSecret);
  await stack.database.applications.updateOne({ _id: applicationId }, { $push: { secrets: secret } as never });
}

describe('a code key rotated between start and confirmation', () => {
  test('leaves pending codes good on a mixed fleet, after the promotion, and back again', async () => {
    const pending = await onFleet({ api: ring(k1), worker: ring(k1) }, async () => [
      await openWithCode(),
      await openWithCode(),
      await openWithCode(),
    ]);
    const [mixed, promoted, late] = pending as [Pending, Pending, Pending];
    await onFleet({ api: ring(k1, k2), worker: ring(k1) }, () => verifies(mixed));
    const underNewKey = await onFleet({ api: ring(k2, k1), worker: ring(k1, k2) }, async () => {
      await verifies(promoted);
      return await openWithCode();
    });
    await onFleet({ api: ring(k2, k1), worker: ring(k2, k1) }, async () => {
      await verifies(late);
      await verifies(underNewKey);
      for (const { trackingId } of [...pending, underNewKey]) {
        expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Verified', charged: 45_000 });
      }
    });
  });

  test('is answered 503000000, with no try counted, while the key of the verification is gone from the ring', async () => {
    const pending = await onFleet({ api: ring(k1), worker: ring(k1) }, openWithCode);
    await renewCredentials();
    await onFleet({ api: ring(k2), worker: ring(k2) }, async () => {
      const api = new ApiClient(stack.apiUrl, app.applicationId, app.applicationSecret);
      for (const answer of [pending.code, 'x']) {
        const { status, body, headers } = await api.confirm(pending.trackingId, answer);
        expect([status, body.code, headers.get('Retry-After')]).toEqual([503, '503000000', '2']);
      }
      expect((await api.status(pending.trackingId)).body).toMatchObject({ status: 'Pending', timesTried: 0 });
    });
    await onFleet({ api: ring(k2, k1), worker: ring(k2, k1) }, () => verifies(pending));
  });
});

interface Pending {
  trackingId: string;
  code: string;
}

async function verifies({ trackingId, code }: Pending) {
  const { status, body } = await app.api.confirm(trackingId, code);
  expect([status, body]).toMatchObject([200, { status: 'Verified', timesTried: 1 }]);
}
