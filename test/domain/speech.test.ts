// What a call says: the digits of the code are apart, the rest is as it is.
import { expect, test } from 'vitest';
import { speechText } from '../../domain/speech.ts';
import { renderSegments } from '../../domain/template.ts';

test.each([
  ['Your code is @@pin.', 'Your code is 4, 8, 2, 0.'],
  ['@@pin, once more: @@pin', '4, 8, 2, 0, once more: 4, 8, 2, 0'],
  ['@@name: @@pin', '12: 4, 8, 2, 0'],
])('%j is said as %j', (template, said) => {
  expect(speechText(renderSegments(template, { name: '12' }), '4820')).toBe(said);
});
