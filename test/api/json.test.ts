// JSON as JavaScript reads it, with what JavaScript loses: names given twice, and how numbers were written.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GIVEN_TWICE, numberAsSent, parseJson } from '../../api/body/json.ts';

test('is read as JavaScript reads it, whatever is in it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom('', ' ', '\r\n\t'), (text, blank) => {
      expect(parseJson(`${blank}${text}${blank}`)).toEqual(JSON.parse(text));
      expect(parseJson(JSON.stringify(JSON.parse(text), null, 2))).toEqual(JSON.parse(text));
    }),
  );
});

test.each(['{', '{"a" 1}', '[1,]', '{"a":01}', "{'a':1}", '', '"', '{"a":1}}', '[.5]', '{"a":NaN}'])(
  'refuses %s',
  (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  },
);

test('tells a member given twice, at every depth and by whatever spelling, also with the same value', () => {
  for (const text of [
    '{"a":1,"a":2}',
    '{"a":1,"a":1}',
    '{"a":"x","b":0,"a":null}',
    '{"a":{"a":1},"\\u0061":{}}',
    '{"a":[],"a":[],"a":3}',
  ]) {
    expect(parseJson(text)).toHaveProperty('a', GIVEN_TWICE);
    expect(parseJson(`[{"b":${text}}]`)).toHaveProperty([0, 'b', 'a'], GIVEN_TWICE);
  }
  expect(parseJson('[{"a":1},{"a":1}]')).toEqual([{ a: 1 }, { a: 1 }]);
  const inherited = parseJson('{"__proto__":{"x":1},"constructor":2,"toString":3}') as object;
  expect([Object.getPrototypeOf(inherited), Object.keys(inherited)]).toEqual([
    Object.prototype,
    ['__proto__', 'constructor', 'toString'],
  ]);
});

test.each(['4.50', '1e3', '12345678901234567890', '-0', '0.10', '1E+2', '7', '-2.5'])(
  'keeps how %s was written',
  (source) => {
    const [object] = parseJson(`[{"n": ${source}, "s": "${source}"}]`) as { n: number }[];
    expect(object?.n).toBe(Number(source));
    expect(numberAsSent(object ?? {}, 'n', object?.n ?? 1)).toBe(source);
  },
);

test('is read at any depth a body may have, in a time that grows with its length', () => {
  const deep = (levels: number) => `${'{"a":['.repeat(levels)}${']}'.repeat(levels)}`;
  expect(() => parseJson(deep(10_000))).not.toThrow();
  const wide = (members: number) => `{${Array.from({ length: members }, (_, n) => `"a":${n}.0`).join(',')}}`;
  const time = (text: string) => {
    const from = performance.now();
    parseJson(text);
    return performance.now() - from;
  };
  time(wide(50_000));
  const [once, tenfold] = [time(wide(50_000)), time(wide(500_000))];
  expect(tenfold).toBeLessThan(40 * once + 200);
});

describe('one string', () => {
  test.each(['"a\\"b"', '"\\\\"', '"\\u0022"', '"{}[],:"', '"\\ud83d"'])('%s is one', (text) => {
    expect(parseJson(`{"a":${text}}`)).toEqual({ a: JSON.parse(text) });
  });
});
