// Files of prices as spreadsheets and programs write them.
import { describe, expect, test } from 'vitest';
import { readPriceFile } from '../../admin/price-file.ts';

const csv = (text: string) => readPriceFile('prices.csv', text);
const json = (value: unknown) =>
  readPriceFile('prices.JSON', typeof value === 'string' ? value : JSON.stringify(value));
const gr = { line: 2, fields: { country: 'GR', method: 'sms', price: '0.045' } };

describe('a CSV file', () => {
  test.each([',', ';', '\t'])('is read with fields separated by %j', (comma) => {
    const text = ['country', 'method', 'price'].join(comma);
    expect(csv(`${text}\n${['GR', 'sms', '0.045'].join(comma)}\n`)).toEqual({ lines: [gr], bad: [] });
  });

  test('may have a byte order mark, other line ends, quotes, spaces, capitals in its header, and empty lines', () => {
    const text = '\uFEFF Country ,METHOD,"price"\r\n\r\n"GR", sms ,0.045\r\n';
    expect(csv(text)).toEqual({ lines: [{ ...gr, line: 3 }], bad: [] });
  });

  test('keeps columns that are there, in any order, and an empty field as empty', () => {
    expect(csv('mnc,network,mcc,cost,price,method,country\n01,"A, B",202,,1,sms,GR').lines[0]?.fields).toEqual({
      mnc: '01',
      network: 'A, B',
      mcc: '202',
      cost: '',
      price: '1',
      method: 'sms',
      country: 'GR',
    });
  });

  test('with a line too short or too long names it and reads the others', () => {
    const { lines, bad } = csv('country,method,price\nGR,sms\nUS,sms,1\nFR,sms,1,2\n');
    expect(lines.map(({ line }) => line)).toEqual([3]);
    expect(bad).toEqual([
      { line: 2, reason: 'has 2 fields where the header has 3' },
      { line: 4, reason: 'has 4 fields where the header has 3' },
    ]);
  });

  test('with a quote left open is bad as a whole, at that line', () => {
    expect(csv('country,method,price\nGR,sms,1\n"US,sms,1\n')).toMatchObject({ lines: [], bad: [{ line: 3 }] });
    expect(csv('country,method,price\n"G"R,sms,1\n')).toMatchObject({ lines: [], bad: [{ line: 2 }] });
  });

  test.each([
    ['country,method,pirce', 'has columns that are not known: pirce'],
    ['country,method', 'lacks the columns price'],
    ['country,method,price,price', 'has the column price twice'],
    ['cost', 'lacks the columns country, method, price'],
  ])('with the header %j is bad: %s', (header, reason) => {
    expect(csv(`${header}\nGR,sms,1\n`).bad).toContainEqual({ line: 1, reason });
  });
});

test('an empty file holds nothing that could be taken for prices', () => {
  expect(csv('').bad).toEqual([{ line: 1, reason: 'lacks the columns country, method, price' }]);
  expect(json([])).toEqual({ lines: [], bad: [] });
});

describe('a JSON file', () => {
  test('is an array of objects, numbers as numbers or text; its items count from 1', () => {
    expect(
      json([
        { country: 'GR', method: 'sms', price: 0.045, cost: null },
        { country: 'US', price: ' 1 ' },
      ]),
    ).toEqual({
      lines: [
        { line: 1, fields: gr.fields },
        { line: 2, fields: { country: 'US', price: '1' } },
      ],
      bad: [],
    });
  });

  test.each<[unknown, string]>([
    ['{', 'is not JSON'],
    [{}, 'is not an array of objects'],
    [[1], 'is not an object'],
    [[null], 'is not an object'],
    [[[]], 'is not an object'],
    [[{ contry: 'GR' }], 'has a field that is not known: contry'],
    [[{ price: true }], 'price must be text or a number'],
    [[{ price: {} }], 'price must be text or a number'],
  ])('%j is bad: %s', (value, reason) => {
    expect(json(value)).toEqual({ lines: [], bad: [{ line: 1, reason }] });
  });
});
