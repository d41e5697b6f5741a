// Price lists as operators hand them in: what a line means, and why a bad one is refused.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { methods } from '../../domain/method.ts';
import { comparePrices, priceText } from '../../domain/price-changes.ts';
import { type ListedPrice, type PriceLine, readPriceList } from '../../domain/price-list.ts';

const lines = (...fields: PriceLine['fields'][]): PriceLine[] =>
  fields.map((each, index) => ({ line: index + 2, fields: each }));
const gr = { country: 'GR', method: 'sms', price: '0.045' };

describe('a line of a price list', () => {
  test('is a price of one part by country and method, in any case, its cost beside it', () => {
    expect(readPriceList(lines({ ...gr, country: 'gr', method: 'SMS', cost: '0.03' }))).toEqual({
      prices: [{ country: 'GR', method: 'sms', price: 45_000, cost: 30_000 }],
      bad: [],
    });
  });

  test.each(['default', 'Default', 'XK', 'AC', 'TA', 'us', 'US'])('may be for %s', (country) => {
    expect(readPriceList(lines({ ...gr, country })).bad).toEqual([]);
  });

  test('with mcc, mnc and network is kept with its country, which is in another line', () => {
    const network = { ...gr, price: '0.05', cost: '0.04', mcc: '202', mnc: '01', network: 'Cosmote' };
    expect(readPriceList(lines(network, gr))).toEqual({
      prices: [
        {
          country: 'GR',
          method: 'sms',
          price: 45_000,
          networks: [{ mcc: '202', mnc: '01', network: 'Cosmote', price: 50_000, cost: 40_000 }],
        },
      ],
      bad: [],
    });
    expect(readPriceList(lines(network)).bad).toEqual([
      { line: 2, reason: 'GR by sms has no line without mcc, mnc and network, and needs one' },
    ]);
  });

  test.each<[PriceLine['fields'], string]>([
    [{ ...gr, country: 'Greece' }, 'country must be an ISO 3166 code of two letters, or default'],
    ...['ZZ', 'UK', 'EU', 'XA', 'YU', 'ß', 'ﬁ', 'Ｇr', 'g', 'GRC', 'defau1t'].map<[PriceLine['fields'], string]>(
      (country) => [{ ...gr, country }, 'country must be an ISO 3166 code of two letters, or default'],
    ),
    [{ ...gr, country: 'QQ' }, 'country must be an ISO 3166 code of two letters, or default'],
    [{ ...gr, method: 'fax' }, 'method must be sms or voice'],
    ...['', '-1', '0,045', '0.0000001', '1e3', 'free', '12345678901'].map<[PriceLine['fields'], string]>((price) => [
      { ...gr, price },
      'price must be an amount such as 0.045, with a point and at most 6 decimals, up to 10000',
    ]),
    [{ ...gr, cost: '?' }, 'cost must be an amount such as 0.045, with a point and at most 6 decimals, up to 10000'],
    [{ ...gr, mcc: '202', mnc: '01' }, 'network must be named where mcc or mnc is given'],
    [{ ...gr, mnc: '01', network: 'x' }, 'mcc must be three digits where mnc or network is given'],
    [{ ...gr, mcc: '202', mnc: '1', network: 'x' }, 'mnc must be two or three digits where mcc or network is given'],
  ])('%j is bad, and says why', (fields, reason) => {
    expect(readPriceList(lines(fields))).toEqual({ prices: [], bad: [{ line: 2, reason }] });
  });

  test('with several faults names them all', () => {
    const { bad } = readPriceList(lines({ country: 'x', method: 'y', price: 'z' }));
    expect(bad[0]?.reason.split('; ')).toHaveLength(3);
  });

  test('that says again what another one said is bad', () => {
    const network = { ...gr, mcc: '202', mnc: '01', network: 'Cosmote' };
    const { bad } = readPriceList(lines(gr, network, { ...gr, country: 'gr', price: '1' }, network));
    expect(bad).toEqual([
      { line: 4, reason: 'GR by sms stands in line 2 already' },
      { line: 5, reason: 'GR by sms on 202-01 stands in line 3 already' },
    ]);
  });
});

describe('what a list would change', () => {
  const price = (country: string, micros: number): ListedPrice => ({ country, method: 'sms', price: micros });
  const standing = [price('GR', 1), price('US', 2), price('FR', 3)];
  const next = [price('GR', 1), price('US', 9), price('DE', 4)];

  test('is what is new and what differs; what it leaves out stays', () => {
    expect(comparePrices(standing, next, false)).toEqual({
      added: [{ place: 'DE:sms', after: price('DE', 4) }],
      changed: [{ place: 'US:sms', before: price('US', 2), after: price('US', 9) }],
      removed: [],
      unchanged: 1,
      kept: 1,
    });
  });

  test('is also what it leaves out, where it replaces the old one', () => {
    expect(comparePrices(standing, next, true)).toMatchObject({
      removed: [{ place: 'FR:sms', before: price('FR', 3) }],
      kept: 0,
    });
  });

  test('counts cost and networks, in whatever order they come', () => {
    const [one, two] = [
      { mcc: '202', mnc: '01', network: 'A', price: 1 },
      { mcc: '202', mnc: '05', network: 'B', price: 2, cost: 1 },
    ];
    const with12 = { ...price('GR', 1), networks: [one, two] };
    const with21 = { ...price('GR', 1), networks: [two, one] };
    expect(comparePrices([with12], [with21], false).changed).toEqual([]);
    expect(comparePrices([with12], [price('GR', 1)], false).changed).toHaveLength(1);
    expect(comparePrices([price('GR', 1)], [{ ...price('GR', 1), cost: 1 }], false).changed).toHaveLength(1);
    expect(priceText(with12)).toBe('0.000001, 202-01 A 0.000001, 202-05 B 0.000002 (cost 0.000001)');
  });

  test('leads from the old list to the new one, and then there is nothing left to change', () => {
    const list = fc.uniqueArray(
      fc.record({
        country: fc.constantFrom<string>('GR', 'US', 'FR', 'DE'),
        method: fc.constantFrom(...methods),
        price: fc.nat(3),
      }),
      { selector: ({ country, method }) => `${country}:${method}` },
    );
    fc.assert(
      fc.property(list, list, fc.boolean(), (old, fresh, replace) => {
        const { added, changed, removed, unchanged, kept } = comparePrices(old, fresh, replace);
        const result = new Map(old.map((each) => [`${each.country}:${each.method}`, each]));
        for (const { place, after } of [...added, ...changed]) if (after) result.set(place, after);
        for (const { place } of removed) result.delete(place);
        expect(comparePrices([...result.values()], fresh, replace)).toMatchObject({
          added: [],
          changed: [],
          removed: [],
        });
        expect(changed.length + removed.length + unchanged + kept).toBe(old.length);
        if (replace) expect(new Set(result.keys())).toEqual(new Set(fresh.map((f) => `${f.country}:${f.method}`)));
      }),
    );
  });
});
