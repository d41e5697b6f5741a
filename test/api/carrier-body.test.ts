// What carriers post is read whatever it is labelled: a wrong Content-Type, or none, is no reason to lose an honest report.
import Koa from 'koa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { carrierBody } from '../../api/middleware/carrier-body.ts';
import { answerErrors } from '../../api/middleware/errors.ts';
import { listen } from '../support/listen.ts';

/** What was read of a body, or the status it was refused with. */
async function read(body: string | Uint8Array, label: string | undefined) {
  const app = new Koa();
  app.use(answerErrors({ warn: () => undefined }));
  app.use(carrierBody());
  app.use((ctx) => {
    const { body: value, rawBody } = ctx.request as unknown as { body: unknown; rawBody: string };
    ctx.body = { value: value ?? null, rawBody };
  });
  const { url, close } = await listen(app);
  onTestFinished(close);
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const headers: Record<string, string> = label === undefined ? {} : { 'Content-Type': label };
  const answer = await fetch(url, { method: 'POST', body: bytes, headers });
  return answer.status === 200 ? await answer.json() : answer.status;
}

const json = '{"id":"m1","status":"DELIVRD"}';
const form = 'id=m1&status=DELIVRD';
const xml = '<dlr><id>m1</id></dlr>';
const fields = { id: 'm1', status: 'DELIVRD' };
const labels = [
  undefined,
  'application/json',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=UTF-8',
  'text/plain;charset=iso-8859-1',
  'text/html',
  'application/octet-stream',
  'multipart/form-data; boundary=x',
  'application/vnd.gateway+json',
  'TEXT/XML',
  'nonsense',
];

describe.each(labels)('labelled %s', (label) => {
  test.each<[string, unknown]>([
    [json, fields],
    [`\r\n ${json}\r\n`, fields],
    [form, fields],
    [xml, null],
    ['[1, 2]', [1, 2]],
  ])('%j', async (body, value) => {
    // A form may stand in XML's place only where it is one.
    const expected = value ?? (label?.startsWith('application/x-www') ? expect.anything() : null);
    expect(await read(body, label)).toEqual({ value: expected, rawBody: body });
  });
});

test('in a charset that it names it is read in that, and without a label in UTF-8', async () => {
  const latin1 = Buffer.from('id=m1 text=Código', 'latin1');
  expect(await read(latin1, 'text/plain; charset=ISO-8859-1')).toMatchObject({ rawBody: 'id=m1 text=Código' });
  expect(await read('{"a":"Κωδικός"}', undefined)).toMatchObject({ value: { a: 'Κωδικός' } });
  expect(await read(Buffer.from('\ufeff{"a":"b"}', 'utf16le'), 'application/json')).toMatchObject({
    value: { a: 'b' },
  });
});

test('what is too long is 413, and nothing at all is nothing', async () => {
  expect(await read('x'.repeat(70_000), undefined)).toBe(413);
  expect(await read('', undefined)).toMatchObject({ rawBody: '' });
});
