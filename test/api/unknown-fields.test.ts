// Unknown names in requests to the management API, at every depth of every operation's own schemas.
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { putOneRoute } from '../../api/admin/endpoints/routes.ts';
import { patchSettings } from '../../api/admin/endpoints/settings.ts';
import { adminOperations } from '../../api/admin/routes.ts';
import { unknownFields } from '../../api/unknown-fields.ts';

const settings = patchSettings.operation.body?.schema as z.ZodType;
const route = putOneRoute.operation.body?.schema as z.ZodType;

test.each<[z.ZodType | undefined, unknown, Record<string, string>]>([
  [settings, { lifetimeInSecond: 60 }, { lifetimeInSecond: 'is unknown; did you mean lifetimeInSeconds?' }],
  [settings, { digits: 6, maxpart: 2 }, { maxpart: 'is unknown; did you mean maxParts?' }],
  [settings, { translations: { GR: { smss: '@@pin' } } }, { 'translations.GR.smss': 'is unknown; did you mean sms?' }],
  [
    settings,
    { translations: { GR: { voice: { text: '@@pin', langauge: 'el' } } } },
    { 'translations.GR.voice.langauge': 'is unknown; did you mean language?' },
  ],
  [settings, JSON.parse('{"__proto__": {"digits": 4}}'), { __proto__: expect.anything() }],
  [route, { steps: [{ carrier: 'a', metod: 'sms' }] }, { 'steps.0.metod': 'is unknown; did you mean method?' }],
  [undefined, { pge: '1' }, { pge: 'is unknown: nothing is asked for here' }],
  [settings, { digits: 6, translations: { GR: null, XK: { sms: '@@pin' } } }, {}],
  [settings, 'nothing', {}],
  [settings, null, {}],
])('of %# %j: %j', (schema, value, expected) => {
  if (JSON.stringify(value)?.includes('__proto__')) {
    expect(Object.keys(unknownFields(schema, value))).toEqual(['__proto__']);
  } else expect(unknownFields(schema, value)).toEqual(expected);
});

test('of thousands the first twenty are named', () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`name${index}`, 1]));
  expect(Object.keys(unknownFields(settings, many))).toHaveLength(20);
});

const withBody = adminOperations.flatMap(({ id, body }) =>
  body && 'schema' in body ? [[id, body.schema] as const] : [],
);
const withQuery = adminOperations.flatMap(({ id, query }) => (query ? [[id, query] as const] : []));

test.each([...withBody, ...withQuery])('%s has no silent place at its top', (_id, schema) => {
  expect(Object.keys(unknownFields(schema, { zzzz: 1 }))).toEqual(['zzzz']);
});
