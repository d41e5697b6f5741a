// Answers and receipts as trees, paths into them, and patterns over texts: what is found, and what nothing can make slow.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAll, findText, readPath } from '../../../carriers/http/path.ts';
import { groupsOf, matches, patternProblem } from '../../../carriers/http/pattern.ts';
import { readTree } from '../../../carriers/http/tree.ts';

describe('a path', () => {
  const tree = { a: [{ b: { 'c.d': 1 } }, { b: { 'c.d': 2 } }], e: 'x', f: null, g: '', h: [[1, 2]] };

  test.each<[string, unknown[]]>([
    ['e', ['x']],
    ['$.e', ['x']],
    ['$', [tree]],
    ['a[0].b["c.d"]', [1]],
    ['$.a[*].b["c.d"]', [1, 2]],
    ['a.b["c.d"]', [1, 2]],
    ['e[0]', ['x']],
    ['e[1]', []],
    ['a', tree.a],
    ['h[0]', [1, 2]],
    ['f', []],
    ['h[0][1]', [2]],
    ['toString', []],
    ['e.length', []],
    ['a.length', []],
  ])('%s', (path, found) => expect(findAll(tree, path)).toEqual(found));

  test('of several, the first at which something stands counts', () => {
    expect(findText(tree, ['gone', 'f', 'g', 'a', 'e'])).toBe('x');
    expect(findText(tree, 'a[0].b["c.d"]')).toBe('1');
    expect(findText(tree, undefined)).toBeUndefined();
  });

  test.each(['a..b', 'a[', 'a[-1]', 'a[?(@.b)]', 'a b', '.', 'a.', '[]', `${'a.'.repeat(20)}a`])('is not %j', (text) =>
    expect(readPath(text)).toBeUndefined(),
  );

  test('never throws, whatever it is and whatever it looks into', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string({ maxLength: 30 }), (tree, path) => {
        expect(Array.isArray(findAll(tree, path))).toBe(true);
      }),
    );
  });
});

describe('JSON', () => {
  test('keeps integers that JavaScript would get wrong, and leaves digits in strings and fractions alone', () => {
    const text =
      '{"id": 9007199254740993123, "n": -12345678901234567, "s": "id: 9007199254740993123 \\" 1", "f": 1.2345678901234567890, "e": 1e3, "i": 7}';
    expect(readTree('json', text)).toEqual({
      id: '9007199254740993123',
      n: '-12345678901234567',
      s: 'id: 9007199254740993123 " 1',
      f: 1.2345678901234567,
      e: 1000,
      i: 7,
    });
  });

  test('is what JSON.parse makes of it, long integers apart', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        if (/\d{16}/.test(text)) return;
        expect(readTree('json', text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each(['', '<html>', '{"a":', '{"a": 01}', `"${'\\"'.repeat(100_000)}1234567890123456`])('is not %.20j', (text) =>
    expect(readTree('json', text)).toBeUndefined(),
  );
});

describe('XML', () => {
  const read = (text: string) => JSON.parse(JSON.stringify(readTree('xml', text) ?? null));

  test('elements without prefix, attributes, text beside them, several of a name', () => {
    const text = `<?xml version="1.0"?><!-- c --><n:a xmlns:n="urn:n" n:b="1"><c> x </c><c>y<![CDATA[<&]]></c><d e="2">z</d><f/></n:a>`;
    expect(read(text)).toEqual({ a: { '@b': '1', c: [' x ', 'y<&'], d: { '@e': '2', '#text': 'z' }, f: '' } });
    expect(findText(readTree('xml', text), 'a.c')).toBe('x');
    expect(findText(readTree('xml', text), 'a.d')).toBe('z');
    expect(findText(readTree('xml', text), 'a.d.@e')).toBe('2');
  });

  test.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an entity of its own', '<a>&b;</a>'],
    ['an open element', '<a><b></a>'],
    ['no element', 'Server error'],
    ['nothing', ''],
    ['elements without end', '<a>'.repeat(60) + '</a>'.repeat(60)],
  ])('is not %s', (_, text) => expect(readTree('xml', text)).toBeUndefined());

  test('names of JavaScript are names', () => {
    expect(
      findText(readTree('xml', '<a><__proto__>1</__proto__><constructor>2</constructor></a>'), 'a.__proto__'),
    ).toBe('1');
    expect(findText(readTree('xml', '<a/>'), 'a.constructor')).toBeUndefined();
  });
});

test('a form is read by its names, given once or often', () => {
  expect({ ...(readTree('form', 'a=1&b=%C3%A9+x&b=2\n') as object) }).toEqual({ a: '1', b: ['é x', '2'] });
});

test('a form of many names takes time as it is long, not more', () => {
  const names = Array.from({ length: 50_000 }, (_, index) => index.toString(36));
  const began = Date.now();
  expect(Object.keys(readTree('form', names.join('&')) as object)).toHaveLength(names.length);
  // To look each of them up among all took half a minute.
  expect(Date.now() - began).toBeLessThan(3_000);
});

describe('a pattern', () => {
  test('gives its groups, by name and by number', () => {
    expect(groupsOf('^(?P<state>OK|ERROR):(?<id>\\w+)(:(?<points>[\\d.]+))?', 'OK:5f3a')).toEqual({
      1: 'OK',
      2: '5f3a',
      state: 'OK',
      id: '5f3a',
    });
    expect(groupsOf('^OK', 'ERROR:101')).toBeUndefined();
    expect(readTree('text', 'OK:5f3a', '^OK:(?<id>.*)$')).toEqual({ 1: '5f3a', id: '5f3a' });
    expect(readTree('text', 'OK')).toBeUndefined();
  });

  test.each(['(', '(?=a)', '(a)\\1', 'a{2000}'])('is not %j', (source) => expect(patternProblem(source)).toBeDefined());

  test.each(['(a+)+$', '^(a|a)*$', '^(a|aa)+$', '(.*a){12}$'])(
    '%s takes time as its text is long, not more',
    (source) => {
      // Backtracking would end no sooner than the world does.
      expect(matches(source, `${'a'.repeat(20_000)}b`)).toBe(false);
    },
  );
});
