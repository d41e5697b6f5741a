// Every limit of a text counts code points, as `maxLength` of our documents does: an emoji is one character, not two.
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { stepsField } from '../../admin/carrier-fields.ts';
import { nameField } from '../../api/admin/fields.ts';
import { settingsChange } from '../../api/admin/settings-fields.ts';
import { readStartFields } from '../../api/endpoints/start-fields.ts';
import { readFields } from '../../api/fields.ts';
import { readReference } from '../../domain/funds.ts';

const start = { method: 'sms', recipient: '+306948530920' };
const taken = (read: () => unknown) => {
  try {
    return read() !== undefined;
  } catch {
    return false;
  }
};
const parsed = (schema: z.ZodType, value: unknown) => taken(() => readFields(schema, value));

const limits: [what: string, most: number, take: (text: string) => boolean][] = [
  ['an argument', 100, (a) => taken(() => readStartFields({ ...start, arguments: { a } }))],
  [
    'an argument within JSON text',
    100,
    (a) => taken(() => readStartFields({ ...start, arguments: JSON.stringify({ a }) })),
  ],
  ['a template', 1_000, (template) => taken(() => readStartFields({ ...start, template }))],
  ['a default template', 1_000, (defaultTemplate) => parsed(settingsChange, { defaultTemplate })],
  ['a translation', 1_000, (sms) => parsed(settingsChange, { translations: { GR: { sms } } })],
  [
    'a translation for calls',
    1_000,
    (text) => parsed(settingsChange, { translations: { GR: { voice: { text, language: 'el' } } } }),
  ],
  ['a name', 100, (name) => parsed(nameField('the name'), name)],
  ['a reference of money', 100, (reference) => readReference(reference) !== undefined],
  ['an option of a route', 200, (option) => parsed(stepsField, [{ carrier: 'c', method: 'sms', options: { option } }])],
];

describe.each(limits)('%s', (_, most, take) => {
  test.each([
    ['a', 'Latin letters'],
    ['я', 'Cyrillic letters'],
    ['验', 'ideographs'],
    ['😀', 'emoji of one pair'],
    ['𝟘', 'digits beyond the first plane'],
    ['𠮷', 'ideographs beyond the first plane'],
  ])(`may have as many %s as its limit says, and not one more (%s)`, (character) => {
    expect(take(character.repeat(most))).toBe(true);
    expect(take(character.repeat(most + 1))).toBe(false);
  });
});
