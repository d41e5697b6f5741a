// SMS by either of Vonage's APIs: what is handed over, and what an answer means that says 200 and yet refuses.
import { describe, expect, test } from 'vitest';
import type { OutgoingMessage } from '../../carriers/carrier.ts';
import { createVonageCarrier } from '../../carriers/vonage.ts';
import { outgoing } from '../support/smpp-carrier.ts';
import { accountSecrets, accountSettings } from './vonage-account.ts';
import { KEY, vonageSetup } from './vonage-setup.ts';

const sent = async (changes: Partial<OutgoingMessage>, settings: object = {}) => {
  const { mock, send } = await vonageSetup({ settings });
  await send(changes);
  return mock.sms[0]?.fields ?? expect.unreachable('nothing was sent');
};

const restrictions = { principalEntityId: '1101456324675322134', contentTemplateId: '1107457532145798767' };

describe('the SMS API is given', () => {
  test('number, sender, text, life and the key of the send, and where to report', async () => {
    const { mock, listener, send } = await vonageSetup();
    await send({ recipient: '+306948530920', originator: 'Twostep', text: 'Your code: 482915', validForSeconds: 300 });
    const [callback] = listener.urls.receipts(KEY).split('?');
    expect(mock.sms[0]?.fields).toEqual({
      to: '306948530920',
      from: 'Twostep',
      text: 'Your code: 482915',
      type: 'text',
      ttl: '300000',
      'client-ref': KEY,
      callback,
    });
  });

  test.each([
    ['20 s, the shortest it takes, for what has less left', 1, '20000'],
    ['what is left of it', 21, '21000'],
  ])('%s', async (_, validForSeconds, ttl) => expect(await sent({ validForSeconds })).toMatchObject({ ttl }));

  test.each([
    ['Ο κωδικός σας: 482915', 'unicode'],
    ['Καλημέρα 😀', 'unicode'],
    ['Ihr Code für Straße: 482915 €', 'text'],
  ])('the alphabet of %j', async (text, type) => expect(await sent({ text })).toMatchObject({ text, type }));

  test("India's ids, and a sender's number without its plus", async () => {
    expect(await sent({ restrictions, originator: '+306900000000' })).toMatchObject({
      'entity-id': restrictions.principalEntityId,
      'content-id': restrictions.contentTemplateId,
      from: '306900000000',
    });
  });

  test('no callback where nobody reaches this service, and then no receipts are expected', async () => {
    const { mock, carrier, send } = await vonageSetup({ reachable: false });
    await send();
    expect(mock.sms[0]?.fields).not.toHaveProperty('callback');
    expect(carrier.receipts).toBe(false);
  });

  test('no callback longer than it takes; the log says what to do, and receipts are expected all the same', async () => {
    const warned: string[] = [];
    const { mock, listener } = await vonageSetup();
    const far = `https://${'verification.'.repeat(4)}example.com`;
    const longUrl = (key: string) => listener.urls.receipts(key).replace(/^http:\/\/[^/]+/, far);
    const carrier = createVonageCarrier('vonage', accountSettings(mock.url), accountSecrets, {
      urls: { ...listener.urls, receipts: longUrl },
      logger: { warn: (message) => void warned.push(message) },
    });
    const { messageIds } = await carrier.send(outgoing(), KEY);
    expect(messageIds).toHaveLength(1);
    expect(mock.sms[0]?.fields).not.toHaveProperty('callback');
    expect([carrier.receipts, warned]).toEqual([true, [expect.stringContaining('shorten PUBLIC_URL')]]);
  });
});

describe('an answer of the SMS API', () => {
  const long = 'Ο κωδικός σας ακολουθεί. '.repeat(6);

  test('for several parts has all their ids, and what they cost together', async () => {
    const { mock, send } = await vonageSetup();
    const accepted = await send({ text: long });
    expect(mock.sms[0]?.messageIds).toHaveLength(3);
    expect(accepted).toEqual({ messageIds: mock.sms[0]?.messageIds, parts: 3, cost: 99_900 });
  });

  test('that refuses one part of several is unknown: the others are on their way', async () => {
    const { mock, send } = await vonageSetup();
    mock.next({ status: '6', lastPartOnly: true });
    await expect(send({ text: long })).rejects.toMatchObject({
      name: 'CarrierOutcomeUnknown',
      message: expect.stringContaining('status 6'),
    });
  });

  test('that refuses all parts is as each of them', async () => {
    const { mock, send } = await vonageSetup();
    mock.next({ status: '9' });
    await expect(send({ text: long })).rejects.toMatchObject({ name: 'CarrierFault' });
  });

  test.each([
    ['is no JSON', '<html>200 OK</html>'],
    ['holds no messages', '{"message-count":"0","messages":[]}'],
    ['holds something else', '{"messages":[{"status":null}]}'],
    ['is empty', ''],
  ])('that %s is unknown', async (_, text) => {
    const { mock, send } = await vonageSetup();
    mock.next({ text });
    await expect(send()).rejects.toMatchObject({ name: 'CarrierOutcomeUnknown' });
  });

  test('without an id is accepted all the same', async () => {
    const { mock, send } = await vonageSetup();
    mock.next({ text: '{"message-count":1,"messages":[{"status":0}]}' });
    expect(await send()).toEqual({ messageIds: [], parts: 1 });
  });

  test('whose status is a text of its own says nothing of that text', async () => {
    const { mock, send } = await vonageSetup();
    mock.next({ text: '{"messages":[{"status":"306948530920"}]}' });
    await expect(send()).rejects.toThrow('Vonage refused the message (SMS API, status without a number)');
  });
});

describe('the Messages API is given', () => {
  const settings = { smsApi: 'messages' };

  test('number, sender, text, life in seconds, the key of the send, and where to report', async () => {
    const { mock, listener, send } = await vonageSetup({ settings });
    await send({ recipient: '+306948530920', originator: '+306900000000', text: 'Ο κωδικός: 1', validForSeconds: 90 });
    expect(mock.sms[0]?.fields).toEqual({
      channel: 'sms',
      message_type: 'text',
      to: '306948530920',
      from: '306900000000',
      text: 'Ο κωδικός: 1',
      ttl: 90,
      client_ref: KEY,
      webhook_url: listener.urls.receipts(KEY),
      webhook_version: 'v1',
    });
  });

  test('the shortest life it takes, and India’s ids', async () => {
    expect(await sent({ validForSeconds: 3, restrictions }, settings)).toMatchObject({
      ttl: 20,
      sms: { entity_id: restrictions.principalEntityId, content_id: restrictions.contentTemplateId },
    });
  });

  test('no webhook where nobody reaches this service', async () => {
    const { mock, send } = await vonageSetup({ settings, reachable: false });
    await send();
    expect(mock.sms[0]?.fields).not.toHaveProperty('webhook_url');
  });

  test.each([['no JSON'], ['{"message_uuid":7}'], ['null'], ['']])('and its answer %j is unknown', async (text) => {
    const { mock, send } = await vonageSetup({ settings });
    mock.next({ text });
    await expect(send()).rejects.toMatchObject({ name: 'CarrierOutcomeUnknown' });
  });
});
