// How many connections each listener may have, by the files that the process may open and by what the environment asks for.
import { describe, expect, test } from 'vitest';
import { connectionLimits } from '../../api/listener/limits.ts';

const nothing = { api: undefined, admin: undefined };

describe('the limits of connections', () => {
  test.each([
    [1_048_576, nothing, { api: 10_000, admin: 500 }],
    [Number.POSITIVE_INFINITY, nothing, { api: 10_000, admin: 500 }],
    [20_000, nothing, { api: 10_000, admin: 500 }],
    [4_096, nothing, { api: 3_462, admin: 384 }],
    [1_024, nothing, { api: 697, admin: 77 }],
    [20_000, { api: 15_000, admin: undefined }, { api: 15_000, admin: 500 }],
    [20_000, { api: undefined, admin: 15_000 }, { api: 4_750, admin: 15_000 }],
    [1_000, { api: 700, admin: 50 }, { api: 700, admin: 50 }],
  ])('with %d files and %o are %o', (files, asked, { api, admin }) => {
    expect(connectionLimits(asked, files)).toEqual({ api, admin, codec: 50 });
  });

  test.each([256, 1_024, 4_096, 20_000, 1_048_576])('leave room for other files where %d may be opened', (files) => {
    if (files === 256) return expect(() => connectionLimits(nothing, files)).toThrow('This process may open 256 files');
    const { api, admin, codec } = connectionLimits(nothing, files);
    expect(api + admin + codec).toBeLessThanOrEqual(files - 200);
  });

  test.each([
    [{ api: 20_000, admin: undefined }, 20_000],
    [{ api: undefined, admin: 20_000 }, 20_000],
    [{ api: 10_000, admin: 9_751 }, 20_000],
    [{ api: 1_000, admin: 10 }, 1_024],
    [nothing, 200],
  ])('%o is refused with %d files, in a sentence that says what to set', (asked, files) => {
    expect(() => connectionLimits(asked, files)).toThrow(/ulimit -n.*MAX_CONNECTIONS/);
  });

  test('know what this very process may open', () => {
    expect(connectionLimits({ api: 10, admin: 10 })).toEqual({ api: 10, admin: 10, codec: 50 });
    expect(() => connectionLimits({ api: 1e12, admin: 10 })).toThrow('may open');
  });
});
