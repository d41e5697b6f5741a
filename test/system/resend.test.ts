// Resends and the timeline through HTTP: one more send is judged, paid for and told like the first.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RESEND_COOL_DOWN_MS } from '../../domain/resend.ts';
import { startAdmin, type TestAdmin } from '../support/admin.ts';
import { type ApiClient, wrongCode } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let admin: TestAdmin;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  [admin] = await Promise.all([startAdmin(stack), stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
});

/** Opens and waits for the charge, so that nothing is under way; `again` asks for a resend, `coolDown` until one may be made. */
async function opened(api: ApiClient, fields: Record<string, unknown> = {}) {
  const askedAt = Date.now();
  const trackingId = await api.open(fields);
  const mayBeResentAt = Date.now() + RESEND_COOL_DOWN_MS;
  await api.happened(trackingId, 'charged');
  return {
    trackingId,
    askedAt,
    again: (body: object = {}) => api.json('POST', `/2step/${trackingId}/resend`, body),
    coolDown: () => eventually('the cool-down is over', async () => Date.now() > mayBeResentAt, 40_000),
  };
}

// Most wait for the cool-down, so they wait together, each with an application of its own.
describe.concurrent('a resend', () => {
  test('is 429000000 within the cool-down, then sends the same code once more for the price of a send', async ({
    expect,
  }) => {
    const { api } = await stack.addApplication();
    const { trackingId, askedAt, again, coolDown } = await opened(api);
    const code = await api.code(trackingId);
    const early = await again();
    expect([early.status, early.body.code]).toEqual([429, '429000000']);
    const retryAfterMs = Number(early.headers.get('Retry-After')) * 1_000;
    expect(retryAfterMs).toBeGreaterThanOrEqual(askedAt + RESEND_COOL_DOWN_MS - Date.now());
    expect(retryAfterMs).toBeLessThanOrEqual(RESEND_COOL_DOWN_MS);
    const before = await api.balance();
    await coolDown();
    const answers = await Promise.all([again({ method: 'voice' }), again({ method: 'voice' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429]);
    await api.happened(trackingId, 'charged', 2);
    const messages = await api.delivered(trackingId);
    expect(messages.map(({ method }) => method)).toEqual(['sms', 'voice']);
    expect(messages[1]?.text).toContain(code);
    expect(await api.balance()).toBe(Math.round((before - 0.055) * 1e6) / 1e6);
    expect((await api.confirm(trackingId, code)).body.status).toBe('Verified');
    expect(await stack.temporal.workflow.getHandle(trackingId).result()).toMatchObject({ charged: 100_000 });
    expect((await again()).body.code).toBe('400011002');
  });

  test('the account cannot pay for is 400001009, told in the timeline, and may be asked for again at once', async ({
    expect,
  }) => {
    const { api, accountId } = await stack.addApplication({ balance: 0.05 });
    const { trackingId, again, coolDown } = await opened(api);
    await coolDown();
    const refused = await again();
    expect([refused.status, refused.body.code]).toEqual([400, '400001009']);
    const { events } = (await api.request('GET', `/2step/${trackingId}/timeline`)).body;
    expect(events.at(-1).sentence).toBe('Asked for once more, and not sent: the balance did not suffice');
    await stack.database.accounts.updateOne({ _id: accountId }, { $set: { creditLimit: 1_000_000 } });
    expect((await again()).status).toBe(200);
    expect((await api.status(trackingId)).body.status).toBe('Pending');
  });

  test('whose text is too long for the method is 400011001, and costs nothing', async ({ expect }) => {
    const { api } = await stack.addApplication({ balance: 1 });
    const { again, coolDown } = await opened(api, { method: 'voice', template: `@@pin ${'x'.repeat(900)}` });
    const balance = await api.balance();
    await coolDown();
    const refused = await again({ method: 'sms' });
    expect([refused.status, refused.body.code]).toEqual([400, '400011001']);
    expect(refused.body.properties).toEqual({ template: 'is longer than this application allows by this method' });
    expect(await api.balance()).toBe(balance);
  });

  test('repeated under its key is one send, one charge, and the same answer', async ({ expect }) => {
    const { api } = await stack.addApplication({ balance: 1 });
    const { trackingId, coolDown } = await opened(api);
    const keyed = () =>
      api.request('POST', `/2step/${trackingId}/resend`, {
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'once' },
        body: '{}',
      });
    // A refusal by what is projected already leaves no verdict under the key.
    expect((await keyed()).status).toBe(429);
    await coolDown();
    expect((await keyed()).status).toBe(200);
    const answers = await Promise.all([keyed(), keyed(), keyed()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await api.happened(trackingId, 'charged', 2);
    await api.cancel(trackingId);
    expect(await stack.temporal.workflow.getHandle(trackingId).result()).toMatchObject({ charged: 90_000 });
    expect(await api.delivered(trackingId)).toHaveLength(2);
  });

  test('by a call speaks the translation for calls in its language, as it was at the start', async ({ expect }) => {
    const { api, applicationId } = await stack.addApplication();
    const chief = await admin.operator();
    const change = (fields: object) => chief.get('PATCH', `/admin/applications/${applicationId}/settings`, fields);
    await change({ translations: { GR: { voice: { text: 'Πρώτο @@pin', language: 'EL-gr' } } } });
    const { trackingId, again, coolDown } = await opened(api);
    const spoken = { method: 'voice', language: 'el-GR', text: expect.stringMatching(/^Πρώτο \d{6}$/) };
    expect((await api.delivered(await api.open({ method: 'voice' })))[0]).toMatchObject(spoken);
    await change({ translations: { GR: null }, voiceLanguage: 'fr' });
    await coolDown();
    expect((await again({ method: 'voice' })).status).toBe(200);
    await api.happened(trackingId, 'charged', 2);
    expect((await api.delivered(trackingId))[1]).toMatchObject(spoken);
    const later = await api.open({ method: 'voice' });
    expect((await api.delivered(later))[0]).toMatchObject({ language: 'fr' });
  });

  test('by SMS to a landline is a call where the application allows it, like its start, at the price of calls', async ({
    expect,
  }) => {
    const landline = '+302101234567';
    const settings = { landlineByVoice: true, voiceLanguage: 'el' };
    const { api } = await stack.addApplication({ balance: 1, settings });
    const { trackingId, again, coolDown } = await opened(api, { recipient: landline });
    expect(await api.balance()).toBe(0.945);
    const premium = await api.start({ recipient: '+309011234567' });
    expect(premium.body).toMatchObject({ code: '400005000', properties: { recipient: expect.any(String) } });
    await coolDown();
    expect((await again({ method: 'sms' })).status).toBe(200);
    await api.happened(trackingId, 'charged', 2);
    expect(await api.balance()).toBe(0.89);
    const messages = await api.delivered(trackingId, landline);
    expect(messages).toMatchObject([
      { method: 'voice', language: 'el' },
      { method: 'voice', language: 'el' },
    ]);
    const { body } = await api.request('GET', `/2step/${trackingId}/timeline`);
    expect(body).toMatchObject({ method: 'voice', price: 0.055 });
    const sentences = body.events.map(({ sentence }: { sentence: string }) => sentence);
    expect(sentences[0]).toMatch(/^Opened by voice instead of sms, since the number is a landline; /);
    expect(sentences).toContainEqual(
      expect.stringMatching(/^Asked for once more, by voice instead of sms, since the number is a landline; /),
    );
    const code = await api.code(trackingId, landline);
    expect((await api.confirm(trackingId, code)).body.status).toBe('Verified');
  });

  test('by a method that cannot reach the number, or none at all, is 400005000 with properties.method', async ({
    expect,
  }) => {
    const { trackingId, again } = await opened(app.api);
    await stack.database.verifications.updateOne({ _id: trackingId }, { $set: { methods: ['sms'] } });
    for (const method of ['voice', 'pigeon']) {
      const { body } = await again({ method });
      expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', ['method']]);
    }
  });

  test('beyond the fifth is 429000000 until the end of its life, after which it is 400011003', async ({ expect }) => {
    const { trackingId, again } = await opened(app.api, { lifetimeInSeconds: 10 });
    await stack.database.verifications.updateOne({ _id: trackingId }, { $set: { resends: 5 } });
    const sixth = await again();
    expect([sixth.status, sixth.body.code]).toEqual([429, '429000000']);
    expect(Number(sixth.headers.get('Retry-After'))).toBeLessThanOrEqual(10);
    await eventually('it has expired', async () => (await app.api.status(trackingId)).body.status === 'Expired');
    expect((await again()).body.code).toBe('400011003');
  });
});

describe('the timeline', () => {
  test('tells the story with a sentence for each event and why it ended', async () => {
    const { trackingId } = await opened(app.api);
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
      charged: 0.045,
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
