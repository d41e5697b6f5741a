// Resends and the timeline through HTTP: one more send is judged, paid for and told like the first.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wrongCode } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(() => stack?.stop());

describe('a resend', () => {
  const resend = (trackingId: string, body: unknown = {}) => app.api.json('POST', `/2step/${trackingId}/resend`, body);

  test('is 429000000 within the cool-down, then sends the same code once more for the price of a send', async () => {
    const trackingId = await app.api.open();
    const code = await app.api.code(trackingId);
    const early = await resend(trackingId);
    expect([early.status, early.body.code]).toEqual([429, '429000000']);
    expect(Number(early.headers.get('Retry-After'))).toBeGreaterThan(20);
    const before = await app.api.balance();
    const answers = await eventually(
      'the cool-down is over',
      async () => {
        const both = await Promise.all([
          resend(trackingId, { method: 'voice' }),
          resend(trackingId, { method: 'voice' }),
        ]);
        return both.some(({ status }) => status === 200) && both;
      },
      40_000,
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429]);
    const messages = await eventually('the second message', async () => {
      const found = await app.api.delivered(trackingId);
      return found.length === 2 && found;
    });
    expect(messages.map(({ method }) => method)).toEqual(['sms', 'voice']);
    expect(messages[1]?.text).toContain(code);
    expect(await app.api.balance()).toBe(Math.round((before - 0.055) * 1e6) / 1e6);
    expect((await app.api.confirm(trackingId, code)).body.status).toBe('Verified');
    expect(await stack.temporal.workflow.getHandle(trackingId).result()).toMatchObject({ charged: 100_000 });
    expect((await resend(trackingId)).body.code).toBe('400011002');
  }, 90_000);

  test('by a method that cannot reach the number, or none at all, is 400005000 with properties.method', async () => {
    const trackingId = await app.api.open();
    await stack.database.verifications.updateOne({ _id: trackingId }, { $set: { methods: ['sms'] } });
    for (const method of ['voice', 'pigeon']) {
      const { body } = await resend(trackingId, { method });
      expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', ['method']]);
    }
  });

  test('the account cannot pay for is 400001009, told in the timeline, and may be asked for again at once', async () => {
    const poor = await stack.addApplication({ balance: 0.05 });
    const trackingId = await poor.api.open();
    await poor.api.delivered(trackingId);
    const again = () => poor.api.json('POST', `/2step/${trackingId}/resend`, {});
    const refused = await eventually(
      'the cool-down is over',
      async () => {
        const each = await again();
        return each.status !== 429 && each;
      },
      40_000,
    );
    expect([refused.status, refused.body.code]).toEqual([400, '400001009']);
    const { events } = (await poor.api.request('GET', `/2step/${trackingId}/timeline`)).body;
    expect(events.at(-1).sentence).toBe('Asked for once more, and not sent: the balance did not suffice');
    await stack.database.accounts.updateOne({ _id: poor.accountId }, { $set: { creditLimit: 1_000_000 } });
    expect((await again()).status).toBe(200);
    expect((await poor.api.status(trackingId)).body.status).toBe('Pending');
  }, 60_000);

  test('whose text is too long for the method is 400011001, and costs nothing', async () => {
    const own = await stack.addApplication({ balance: 1 });
    const trackingId = await own.api.open({ method: 'voice', template: `@@pin ${'x'.repeat(900)}` });
    await own.api.delivered(trackingId);
    const balance = await own.api.balance();
    const refused = await eventually(
      'the cool-down is over',
      async () => {
        const each = await own.api.json('POST', `/2step/${trackingId}/resend`, { method: 'sms' });
        return each.status !== 429 && each;
      },
      40_000,
    );
    expect([refused.status, refused.body.code]).toEqual([400, '400011001']);
    expect(await own.api.balance()).toBe(balance);
  }, 60_000);

  test('repeated under its key is one send, one charge, and the same answer', async () => {
    const own = await stack.addApplication({ balance: 1 });
    const trackingId = await own.api.open();
    await own.api.delivered(trackingId);
    const keyed = () =>
      own.api.request('POST', `/2step/${trackingId}/resend`, {
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'once' },
        body: '{}',
      });
    // The cool-down is judged by arrival; a refusal by what is projected already leaves no verdict under the key.
    await eventually('the cool-down is over', async () => (await keyed()).status === 200, 40_000);
    const answers = await Promise.all([keyed(), keyed(), keyed()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await eventually('both messages', async () => (await own.api.delivered(trackingId)).length === 2);
    await own.api.cancel(trackingId);
    expect(await stack.temporal.workflow.getHandle(trackingId).result()).toMatchObject({ charged: 90_000 });
    expect(await own.api.delivered(trackingId)).toHaveLength(2);
  }, 60_000);

  test('beyond the fifth is 429000000 until the end of its life, after which it is 400011003', async () => {
    const { body } = await app.api.start({ lifetimeInSeconds: 4 });
    await stack.database.verifications.updateOne({ _id: body.trackingId }, { $set: { resends: 5 } });
    const sixth = await resend(body.trackingId);
    expect([sixth.status, sixth.body.code]).toEqual([429, '429000000']);
    expect(Number(sixth.headers.get('Retry-After'))).toBeLessThanOrEqual(4);
    await eventually('it has expired', async () => (await app.api.status(body.trackingId)).body.status === 'Expired');
    expect((await resend(body.trackingId)).body.code).toBe('400011003');
  });
});

describe('the timeline', () => {
  test('tells the story with a sentence for each event and why it ended', async () => {
    const trackingId = await app.api.open();
    const code = await app.api.code(trackingId);
    await app.api.confirm(trackingId, wrongCode(code));
    await app.api.confirm(trackingId, code);
    await stack.temporal.workflow.getHandle(trackingId).result();
    const { body } = await app.api.request('GET', `/2step/${trackingId}/timeline`);
    expect(body).toMatchObject({
      status: 'Verified',
      why: 'right answer at try 2',
      recipient: '+30***920',
      price: 0.045,
      rules: {
        lifetimeInSeconds: 300,
        maxRetries: 3,
        digits: 6,
        originator: 'Twostep',
        originatorFrom: "the application's default",
        templateFrom: "the application's default",
      },
    });
    expect(body.events.map(({ event }: { event: string }) => event)).toEqual([
      'opened',
      'accepted',
      'charged',
      'wrongAnswer',
      'verified',
    ]);
    expect(JSON.stringify(body)).not.toContain(code);
  });
});
