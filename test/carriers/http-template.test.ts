// Templates: every value arrives as it was, wherever it stands, and none is read as part of what stands around it.
import fc from 'fast-check';
import sax from 'sax';
import { describe, expect, test } from 'vitest';
import { fill, fillAll, forUrl, forXml, templateProblem } from '../../carriers/http-template.ts';
import { built } from './http-built.ts';

const PIECES = [
  ...['{{', '}}', '{{text}}', '"', "'", '<', '>', '&', '%', '%41', '\\', '\n', '\r', '\0', '\ud83d'],
  ...['😀', 'א', ' ', '+', '=', '?', '#', '/', ']]>', '$&', '$1'],
];
/** Texts with what could break out: quotes, brackets, places, escapes, control characters, halves of surrogate pairs. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((parts) => parts.join('')),
);
/** What no UTF-8 can hold is replaced, and nothing else. */
const wellFormed = (text: string) => Buffer.from(text).toString();

describe('a value arrives as it was', () => {
  test('in a string of JSON, whatever is in it', () => {
    fc.assert(
      fc.property(nasty, nasty, (text, other) => {
        const { body = '' } = built({ body: { json: { a: ['x {{text}} y{{other}}'] } } }, { text, other });
        // JSON itself can write half a pair.
        expect(JSON.parse(body)).toEqual({ a: [`x ${text} y${other}`] });
      }),
    );
  });

  test('in a query and in a form', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const fields = { 'a b': '{{text}}', c: 'x{{text}}&y' };
        const { url, body } = built({ query: fields, body: { form: fields } }, { text });
        for (const encoded of [new URL(url).search, body]) {
          expect([...new URLSearchParams(encoded)]).toEqual([
            ['a b', wellFormed(text)],
            ['c', `x${wellFormed(text)}&y`],
          ]);
        }
      }),
    );
  });

  test('in the path of a URL, whose host it cannot change', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { url } = built({ url: 'https://gateway.example/a-{{text}}-b?c={{text}}' }, { text });
        const { origin, pathname, searchParams, hash } = new URL(url);
        expect([origin, hash]).toEqual(['https://gateway.example', '']);
        expect(decodeURIComponent(pathname)).toBe(`/a-${wellFormed(text)}-b`);
        expect(searchParams.get('c')).toBe(wellFormed(text));
      }),
    );
  });

  test('in text and attributes of XML, but for what XML cannot hold', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const xml = `<a b="{{text}}" c='{{text}}'>{{text}}</a>`;
        const { body = '' } = built({ body: { xml } }, { text });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these XML cannot hold.
        const expected = wellFormed(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
        const seen: Record<string, string> = { text: '' };
        const parser = sax.parser(true);
        parser.onopentag = ({ name, attributes }) => void Object.assign(seen, { name }, attributes);
        parser.ontext = (part) => {
          seen.text += part;
        };
        parser.write(body).close();
        expect(seen).toEqual({ name: 'a', b: expected, c: expected, text: expected });
      }),
    );
  });

  test('in plain text, as it is', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(built({ body: { text: 'a{{text}}b' } }, { text }).body).toBe(`a${text}b`);
      }),
    );
  });

  test('and is never scanned again', () => {
    expect(fill('{{text}}{{other}}', { text: '{{other}}', other: '$&' })).toBe('{{other}}$&');
    expect(fillAll('{{text}}', { text: '{{secret.key}}', 'secret.key': 'k3y' }, forUrl)).toBe('%7B%7Bsecret.key%7D%7D');
  });
});

test.each([
  ['a name nobody knows', '{{txt}}', '{{txt}}'],
  ['no name', '{{ text }}', 'something else'],
  ['an open place', 'a {{text', 'other half'],
  ['a closed one', 'a text}}', 'other half'],
  ['a number beside text', 'x{{text:number}}', 'alone'],
])('a template with %s is refused with a sentence', (_, template, sentence) => {
  expect(templateProblem(template, (name) => name === 'text')).toContain(sentence);
});

test('XML that a value makes is the same in either quotes', () => {
  expect(forXml(`<a b="1" c='2'>&`)).toBe('&#60;a b=&#34;1&#34; c=&#39;2&#39;&#62;&#38;');
});
