// CONTRACT "Status", "Cancel" and trackingIds: whose verification is found, what each ending answers from then on.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, wrongCode } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApp;
let application: TestApplication;
let api: ApiClient;

beforeAll(async () => {
  stack = await createStack();
  [app] = await Promise.all([startApp(stack), stack.startWorker()]);
  application = await stack.addApplication();
  api = app.client(application);
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const unknown = {
  code: '404011006',
  developerMessage: "The verification with the specified tracking id doesn't exist.",
};
const notPending = { code: '400011002', developerMessage: 'Verification is not in pending state.' };
const expired = { code: '400011003', developerMessage: 'Verification has expired.' };

/** What status, confirmation and cancellation say of an id, as bytes. */
async function told(client: ApiClient, id: string): Promise<string[]> {
  const init = { body: new URLSearchParams({ answer: '123456' }) };
  const answers = [
    await client.request('GET', `/2step/${id}`),
    await client.request('POST', `/2step/${id}`, init),
    await client.request('DELETE', `/2step/${id}`),
  ];
  return answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`);
}

describe('a trackingId', () => {
  test('is matched in any case, with a trailing slash', async () => {
    const trackingId = await api.open();
    const { body } = await api.status(trackingId);
    for (const path of [trackingId.toUpperCase(), `${trackingId}/`, `${trackingId.toUpperCase()}/`]) {
      expect((await api.status(path)).body).toStrictEqual(body);
    }
    const code = await api.code(trackingId);
    expect((await api.confirm(trackingId.toUpperCase(), wrongCode(code))).body.code).toBe('400011005');
    expect((await api.confirm(`${trackingId}/`, code)).body).toMatchObject({ trackingId, status: 'Verified' });
    const other = await api.open();
    expect((await api.cancel(`${other.toUpperCase()}/`)).body).toMatchObject({
      trackingId: other,
      status: 'Cancelled',
    });
  });

  test("gives the same 404011006, byte for byte, when unknown, malformed or another account's", async () => {
    const foreign = await stack.addApplication();
    const trackingId = await app.client(foreign).open();
    const expected = Array(3).fill(`404 ${JSON.stringify(unknown)}`);
    const malformed = [
      'x',
      '1',
      trackingId.slice(1),
      `${trackingId}0`,
      `%7B${trackingId}%7D`,
      trackingId.replaceAll('-', ''),
      '%zz',
      '%00',
      '..%2F..',
      "'",
      '__proto__',
      'я',
    ];
    for (const id of [trackingId, randomUUID(), ...malformed]) expect(await told(api, id), id).toEqual(expected);
    expect((await app.client(foreign).status(trackingId)).body).toMatchObject({ status: 'Pending', timesTried: 0 });
  });

  test('gives the same 404011006 for a start that was refused', async () => {
    const poor = app.client(await stack.addApplication({ balance: 0 }));
    expect((await poor.start()).body.code).toBe('400001009');
    const [refused] = await stack.database.verifications.find({ refusal: 'insufficientBalance' }).toArray();
    expect(await told(poor, refused?._id ?? '')).toEqual(Array(3).fill(`404 ${JSON.stringify(unknown)}`));
  });

  test('serves every application of its account', async () => {
    const sibling = await stack.addApplication();
    await stack.database.applications.updateOne(
      { _id: sibling.applicationId },
      { $set: { accountId: application.accountId } },
    );
    const client = app.client(sibling);
    const trackingId = await api.open();
    expect((await client.status(trackingId)).body).toStrictEqual((await api.status(trackingId)).body);
    expect((await client.confirm(trackingId, await api.code(trackingId))).body.status).toBe('Verified');
    expect((await client.cancel(await api.open())).body.status).toBe('Cancelled');
  });
});

describe('a cancellation', () => {
  test('answers the whole body, with no try', async () => {
    const { body: before } = await api.start();
    const { status, body } = await api.cancel(before.trackingId);
    expect(body).toStrictEqual({ ...before, status: 'Cancelled', updatedAt: expect.any(String) });
    expect(status).toBe(200);
    expect(Date.parse(body.updatedAt)).toBeGreaterThanOrEqual(Date.parse(before.updatedAt));
  });

  test('keeps the tries that were made', async () => {
    const trackingId = await api.open();
    await api.confirm(trackingId, wrongCode(await api.code(trackingId)));
    expect((await api.cancel(trackingId)).body).toMatchObject({ status: 'Cancelled', timesTried: 1 });
  });

  test('of five at once succeeds for exactly one, and is 400011002 for the others', async () => {
    const trackingId = await api.open();
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.cancel(trackingId)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers) if (status !== 200) expect(body).toStrictEqual(notPending);
  });
});

describe('after its ending, GET shows it for good, and both commands say', () => {
  const endings: [string, string, object, () => Promise<string>][] = [
    [
      'Verified',
      '400011002',
      notPending,
      async () => {
        const trackingId = await api.open();
        await api.confirm(trackingId, await api.code(trackingId));
        return trackingId;
      },
    ],
    [
      'Failed',
      '400011002',
      notPending,
      async () => {
        const trackingId = await api.open({ maxRetries: 0 });
        await api.confirm(trackingId, wrongCode(await api.code(trackingId)));
        return trackingId;
      },
    ],
    ['Failed', '400011002', notPending, () => api.open({ recipient: '+12025550100' })],
    [
      'Cancelled',
      '400011002',
      notPending,
      async () => {
        const trackingId = await api.open();
        await api.cancel(trackingId);
        return trackingId;
      },
    ],
    ['Expired', '400011003', expired, () => api.open({ lifetimeInSeconds: 1 })],
  ];

  test.each(endings)('%s: %s', async (ending, _, error, reach) => {
    const trackingId = await reach();
    const { body } = await eventually(ending, async () => {
      const answer = await api.status(trackingId);
      return answer.body.status === ending && answer;
    });
    expect(body).toStrictEqual({
      trackingId,
      status: ending,
      updatedAt: expect.stringMatching(/\.\d{3}Z$/),
      maxRetries: expect.any(Number),
      expiresAt: expect.stringMatching(/\.\d{3}Z$/),
      timesTried: expect.any(Number),
    });
    for (const answer of [await api.confirm(trackingId, '123456'), await api.cancel(trackingId)]) {
      expect(answer.body).toStrictEqual(error);
      expect(answer.status).toBe(400);
    }
    expect((await api.status(trackingId)).body).toStrictEqual(body);
  });
});
