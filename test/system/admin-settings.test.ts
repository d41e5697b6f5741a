// Settings through the management API: validated, kept by what is under way and used by what comes next.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultSettings } from '../../domain/settings.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let receiver: Receiver;
let admin: TestAdmin;
let app: TestApp;
let chief: TestOperator;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await createStack();
  [admin, app] = await Promise.all([
    startAdmin(stack, [receiver.host]),
    startApp(stack),
    stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host }),
  ]);
  chief = await admin.operator({ name: 'Chief' });
});
afterAll(async () => {
  await Promise.all([admin?.close(), app?.close()]);
  await stack?.stop();
  await receiver?.stop();
});

const prepared = async () => {
  const application = await stack.addApplication();
  const path = `/admin/applications/${application.applicationId}/settings`;
  return {
    application,
    client: app.client(application),
    read: () => chief.get('GET', path),
    ask: (fields: object) => chief.ask('PATCH', path, fields),
    change: (fields: object) => chief.get('PATCH', path, fields),
  };
};

describe('a setting', () => {
  test('left out stays, null and empty texts count as left out', async () => {
    const { read, change } = await prepared();
    const before = await read();
    expect(before).toMatchObject({
      ...defaultSettings,
      webOtpDomain: null,
      callbackUrl: null,
      signingSecrets: [],
      warnings: [],
    });
    await change({ digits: null, originator: '' });
    expect(await read()).toEqual(before);
    await change({ digits: '8' });
    expect(await read()).toEqual({ ...before, digits: 8 });
    await change({ webOtpDomain: 'example.com', translations: { GR: { sms: 'el @@pin' } } });
    await change({ webOtpDomain: '', callbackUrl: '', translations: { GR: { sms: '' } } });
    expect(await read()).toMatchObject({ webOtpDomain: 'example.com', translations: { GR: { sms: 'el @@pin' } } });
  });

  test.each<[string, unknown]>([
    ['lifetimeInSeconds', 0],
    ['lifetimeInSeconds', 86_401],
    ['lifetimeInSeconds', 1.5],
    ['lifetimeInSeconds', true],
    ['maxRetries', -1],
    ['maxRetries', 21],
    ['digits', 3],
    ['digits', 11],
    ['maxParts', 0],
    ['maxParts', 11],
    ['tokenLifetimeInSeconds', 59],
    ['tokenLifetimeInSeconds', 631_139_041],
    ['retentionInDays', 0],
    ['retentionInDays', 3_651],
    ['originator', 'twelve chars'],
    ['originator', '   '],
    ['originator', 'Ακμή'],
    ['originatorEnforced', 'yes'],
    ['originatorEnforced', 1],
    ['defaultTemplate', 'no code'],
    ['defaultTemplate', 7],
    ['defaultTemplate', `@@pin ${'x'.repeat(995)}`],
    ['defaultTemplate', `@@pin${'ω'.repeat(400)}`],
    ['voiceLanguage', 'greek language'],
    ['voiceLanguage', 1],
    ['landlineByVoice', 'yes'],
    ['webOtpDomain', 'https://example.com'],
    ['webOtpDomain', 'localhost'],
    ['callbackUrl', 'example.com'],
    ['callbackUrl', 'ftp://example.com'],
    ['callbackUrl', 'https://user:password@example.com'],
    ['callbackUrl', 'https://example.com:8443/'],
    ['callbackUrl', `https://example.com/${'x'.repeat(2_000)}`],
    ['callbackUrl', 7],
    ['callbackUrl', 'https://10.0.0.1/'],
    ['callbackUrl', 'https://hooks.internal/'],
    ['translations', []],
    ['translations', 'GR'],
  ])('%s of %j is refused (400005000), and with it the whole change', async (field, value) => {
    const { read, ask } = await prepared();
    const before = await read();
    const { status, body } = await ask({ voiceLanguage: 'fr', originator: 'Other', [field]: value });
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', [field]]);
    expect(body.developerMessage).toBe('Invalid data.');
    expect(body.properties[field]).toMatch(/^(must|takes) /);
    expect(await read()).toEqual(before);
  });

  test.each<[string, object]>([
    ['translations.XX', { XX: { sms: '@@pin' } }],
    ['translations.ZZ', { ZZ: { sms: '@@pin' } }],
    ['translations.UK', { UK: { sms: '@@pin' } }],
    ['translations.gr', { GR: { sms: '@@pin' }, gr: { sms: '@@pin' } }],
    ['translations.GRC', { GRC: null }],
    ['translations.IN.originator', { IN: { originator: 'twelve chars' } }],
    ['translations.IN.restrictions.contentTemplateId', { IN: { restrictions: { contentTemplateId: 12 } } }],
    ['translations.XK.sms', { XK: { sms: 7 } }],
    ['translations.Greece', { Greece: { sms: '@@pin' } }],
    ['translations.constructor', { constructor: { sms: '@@pin' } }],
    ['translations.GR.sms', { GR: { sms: 'no code' } }],
    ['translations.GR', { GR: 'κωδικός @@pin' }],
    ['translations.GR.voice.text', { GR: { voice: { text: 'no code', language: 'el' } } }],
    ['translations.GR.voice.language', { GR: { voice: { text: '@@pin', language: 'greek?' } } }],
    ['translations.GR.voice.language', { GR: { voice: { text: '@@pin' } } }],
    ['translations.GR.voice', { GR: { voice: '@@pin' } }],
  ])('%s is named where it is not valid (400005000): %j', async (field, translations) => {
    const { ask } = await prepared();
    const { status, body } = await ask({ translations });
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', [field]]);
    expect(body.properties[field]).toMatch(/^must /);
  });

  test('that makes a template which was good too long is refused, naming the template (400005000)', async () => {
    const { change, ask } = await prepared();
    const sms = `@@pin${'ω'.repeat(64)}`;
    await change({ defaultTemplate: `@@pin ${'x'.repeat(149)}`, translations: { GR: { sms } } });
    const { body } = await ask({ maxParts: 1, digits: 10 });
    const tooLong = 'takes 2 parts with 10 digits, and at most 1 are allowed';
    expect(body.properties).toEqual({ 'translations.GR.sms': tooLong });
    const both = await ask({ maxParts: 1, webOtpDomain: 'example.com' });
    expect(Object.keys(both.body.properties)).toEqual(['defaultTemplate', 'translations.GR.sms']);
  });
});

// Issue 12, A20.
test.each<[object, Record<string, string>]>([
  [{ lifetimeInSecond: 60 }, { lifetimeInSecond: 'is unknown; did you mean lifetimeInSeconds?' }],
  [{ callbackURL: 'https://example.com' }, { callbackURL: 'is unknown; did you mean callbackUrl?' }],
  [{ digits: 6, max_retries: 1 }, { max_retries: 'is unknown; did you mean maxRetries?' }],
  [{ translations: { GR: { smss: '@@pin' } } }, { 'translations.GR.smss': 'is unknown; did you mean sms?' }],
  [
    { translations: { GR: { voice: { text: '@@pin', language: 'el', langauge: 'el' } } } },
    { 'translations.GR.voice.langauge': 'is unknown; did you mean language?' },
  ],
  [
    { restrictions: { peId: '1' } },
    { 'restrictions.peId': 'is unknown; there are contentTemplateId, principalEntityId' },
  ],
])('a change of %j is refused, with the nearest right name (400005000)', async (change, properties) => {
  const { ask, read } = await prepared();
  const before = await read();
  expect((await ask(change)).body).toMatchObject({ code: '400005000', properties });
  expect(await read()).toEqual(before);
});

// Issue 12, A18.
test('senders and DLT ids are set by application and by translation, shown, and used by the next verification', async () => {
  const { change, read, client } = await prepared();
  const restrictions = { principalEntityId: '1201160000000000001' };
  const translations = { IN: { originator: 'ACMEIN', restrictions: { contentTemplateId: '1107160000000000001' } } };
  await change({ restrictions, translations });
  expect(await read()).toMatchObject({ restrictions, translations });
  const recipient = '+919876543210';
  const [message] = await client.delivered(await client.open({ recipient }), recipient);
  expect(message?.originator).toBe('ACMEIN');
  await change({ restrictions: null, translations: { IN: null } });
  expect((await read()).restrictions).toBeNull();
});

// Issue 12, A11.
test.each(['XK', 'xk', 'AC', 'TA', 'AX', 'GR'])('texts may be for %s, which the price list knows', async (place) => {
  const { change, read } = await prepared();
  await change({ translations: { [place]: { sms: '@@pin there' } } });
  expect((await read()).translations).toEqual({ [place.toUpperCase()]: { sms: '@@pin there' } });
});

describe('a changed setting', () => {
  test('is used by the next verification, and not by one that is pending', async () => {
    const { client, change, application } = await prepared();
    const pending = (await client.start()).body;
    const second = await client.open();
    await change({
      lifetimeInSeconds: 60,
      maxRetries: 0,
      digits: 4,
      originator: 'Acme',
      originatorEnforced: true,
      webOtpDomain: 'Example.com',
      tokenLifetimeInSeconds: 120,
      translations: { gr: { sms: 'Κωδικός @@pin', voice: { text: 'Μιλάω @@pin', language: 'EL-gr' } } },
      callbackUrl: receiver.url,
    });
    const next = (await client.start({ originator: 'Other' })).body;
    expect([pending.maxRetries, next.maxRetries]).toEqual([3, 0]);
    const minutes = ({ expiresAt, updatedAt }: Record<string, string>) =>
      Math.round((Date.parse(expiresAt ?? '') - Date.parse(updatedAt ?? '')) / 60_000);
    expect([minutes(pending), minutes(next)]).toEqual([5, 1]);

    const [old] = await client.delivered(pending.trackingId);
    const usual = expect.stringMatching(/^Your verification code is \d{6}$/);
    expect(old).toMatchObject({ originator: 'Twostep', text: usual });
    const [message] = await client.delivered(next.trackingId);
    const code = /\d{4}/.exec(message?.text ?? '')?.[0] ?? '';
    expect(message).toMatchObject({ originator: 'Acme', text: `Κωδικός ${code}\n@example.com #${code}` });

    // The pending one keeps its tries, its digits, and that nobody is told of its ending.
    expect((await client.confirm(pending.trackingId, '0001')).body.code).toBe('400011005');
    expect((await client.confirm(next.trackingId, '00001')).body.code).toBe('400011004');
    expect((await client.confirm(second, await client.code(second))).body.status).toBe('Verified');
    await eventually('the callback', async () => receiver.received.length > 0);
    expect(receiver.received.map(({ body }) => body.trackingId)).toEqual([next.trackingId]);
    expect(receiver.received[0]?.headers['webhook-signature']).toMatch(/^v1,/);
    await stack.temporal.workflow.getHandle(second).result();
    expect(await stack.database.callbacks.countDocuments({ _id: second })).toBe(0);

    const authorised = await fetch(`${app.url}/oauth/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${application.applicationId}:${application.applicationSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(await authorised.json()).toMatchObject({ expires_in: 120 });
  });
});

describe('the life of a token', () => {
  test.each([
    [60, 0],
    [86_400, 0],
    [86_401, 1],
    [31_536_000, 1],
    [631_139_040, 1],
  ])('may be %i s, with %i warnings', async (tokenLifetimeInSeconds, warnings) => {
    const { change, read } = await prepared();
    const changed = await change({ tokenLifetimeInSeconds });
    expect([changed.tokenLifetimeInSeconds, changed.warnings.length]).toEqual([tokenLifetimeInSeconds, warnings]);
    expect((await read()).warnings).toEqual(changed.warnings);
    if (warnings > 0) expect(changed.warnings[0]).toContain('revoke-tokens');
  });
});

describe('the callback URL', () => {
  test('brings its first signing secret, shown once, and keeps it when it is taken away and set again', async () => {
    const { change, read, application } = await prepared();
    const { applicationId } = application;
    const url = 'https://example.com/hook?token=query-secret';
    const first = await change({ callbackUrl: url });
    expect(first).toMatchObject({ callbackUrl: url, callbackPaused: false, signingSecrets: [expect.any(Object)] });
    expect(first.signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await read()).not.toHaveProperty('signingSecret');
    const gone = await change({ callbackUrl: null });
    expect([gone.callbackUrl, gone.signingSecrets]).toEqual([null, first.signingSecrets]);
    const again = await change({ callbackUrl: 'https://example.com/' });
    expect([again.signingSecret, again.signingSecrets]).toEqual([undefined, first.signingSecrets]);

    const path = `/admin/applications/${applicationId}/signing-secrets`;
    const last = await chief.ask('DELETE', `${path}/${first.signingSecrets[0].secretId}`);
    expect([last.status, Object.keys(last.body.properties)]).toEqual([400, ['secretId']]);
    const added = await chief.get('POST', path);
    const left = await chief.get('DELETE', `${path}/${first.signingSecrets[0].secretId}`);
    expect(left).toEqual({ signingSecrets: [{ secretId: added.secretId, createdAt: expect.any(String) }] });
    expect((await chief.ask('DELETE', `${path}/none`)).body.code).toBe('404000000');

    const rows = await stack.database.audit.find({ 'details.applicationId': applicationId }).toArray();
    const trail = JSON.stringify(rows);
    expect(trail).toContain('https://example.com/… (');
    expect(trail).not.toContain('/hook');
    for (const secret of [first.signingSecret, added.signingSecret, 'query-secret', 'whsec_']) {
      expect(trail).not.toContain(secret);
    }
    const kept = JSON.stringify(await stack.database.applications.findOne({ _id: applicationId }));
    expect(kept).not.toContain('whsec_');
  });
});
