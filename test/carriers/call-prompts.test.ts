// What a call says around the code: the language of the template, the operator's words before ours, English where there are none.
import { expect, test } from 'vitest';
import { promptsFor } from '../../carriers/call-prompts.ts';

const own = { press: 'Press 1.', again: 'Press 1 again.' };
const english = { language: 'en', press: 'Press any key to hear your code.', again: 'Press any key to hear it again.' };

test.each([
  ['en-GB', 'Press any key to hear your code.'],
  ['el-GR', 'Πατήστε οποιοδήποτε πλήκτρο για να ακούσετε τον κωδικό σας.'],
  ['ar', 'اضغط على أي مفتاح لسماع الرمز.'],
])('in %s they are in that language, and keep its tag', (language, press) => {
  expect(promptsFor(language)).toMatchObject({ language, press });
});

test.each(['sw', 'constructor', '', '__proto__'])(
  'in %j, which we have no words for, they are English, in English',
  (language) => {
    expect(promptsFor(language)).toEqual(english);
  },
);

test('the words of the operator count: for the tag, then for its base, then in English for languages without any', () => {
  expect(promptsFor('el-GR', { 'EL-gr': own })).toEqual({ language: 'el-GR', ...own });
  expect(promptsFor('el-GR', { el: own })).toEqual({ language: 'el-GR', ...own });
  expect(promptsFor('sw', { en: own })).toEqual({ language: 'en', ...own });
  expect(promptsFor('sw', { el: own })).toEqual(english);
});
