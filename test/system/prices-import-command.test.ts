// Price lists from files: shown first, changed only when asked to, and never while a line is bad.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { allPrices } from '../../store/prices.ts';
import { runFile } from '../support/command.ts';
import { createStack, type Stack } from '../support/stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'twostep-prices-'));
let stack: Stack | undefined;

beforeEach(async () => {
  await stack?.stop();
  stack = await createStack();
  await stack.database.prices.deleteMany({});
  await stack.database.prices.insertMany([
    { _id: 'GR:sms', country: 'GR', method: 'sms', price: 45_000 },
    { _id: 'US:sms', country: 'US', method: 'sms', price: 9_000 },
    { _id: 'FR:sms', country: 'FR', method: 'sms', price: 62_000 },
  ]);
});
afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const importing = (name: string, text: string, ...flags: string[]) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return runFile('admin/prices-import-command.ts', [path, ...flags], { ...stack?.env, USER: 'operator' });
};
const standing = async () => (stack ? (await allPrices(stack.database)).sort((a, b) => (a._id < b._id ? -1 : 1)) : []);
const traces = async () =>
  ((await stack?.database.audit.find().toArray()) ?? []).sort((a, b) =>
    String(a.details.price).localeCompare(String(b.details.price)),
  );

const csv = 'country,method,price,cost\nGR,sms,0.045,\nUS,sms,0.01,0.004\nDE,voice,0.07,\n';
const preview = [
  '1 added',
  '  DE:voice 0.07',
  '1 changed',
  '  US:sms 0.009 -> 0.01 (cost 0.004)',
  '0 removed',
  '1 unchanged',
  '1 not in the file, and kept',
];

describe('npm run prices:import', () => {
  test('shows what a file would change, and changes nothing', async () => {
    const before = await standing();
    const { code, stdout } = await importing('list.csv', csv);
    expect([code, ...stdout.split('\n')]).toEqual([0, ...preview, 'Nothing was changed: repeat with --apply']);
    expect([await standing(), await traces()]).toEqual([before, []]);
  });

  test('with --apply makes the changes, each with a row in the audit trail; a repeat finds nothing to do', async () => {
    const { code, stdout } = await importing('list.csv', csv, '--apply', '--as', 'Zoe');
    expect([code, ...stdout.split('\n')]).toEqual([0, ...preview, 'Changed']);
    expect(await standing()).toEqual([
      { _id: 'DE:voice', country: 'DE', method: 'voice', price: 70_000 },
      { _id: 'FR:sms', country: 'FR', method: 'sms', price: 62_000 },
      { _id: 'GR:sms', country: 'GR', method: 'sms', price: 45_000 },
      { _id: 'US:sms', country: 'US', method: 'sms', price: 10_000, cost: 4_000 },
    ]);
    expect((await traces()).map(({ actor, action, details }) => [actor, action, details])).toEqual([
      ['Zoe', 'price.change', { price: 'DE:voice', before: 'none', after: '0.07', source: 'list.csv' }],
      ['Zoe', 'price.change', { price: 'US:sms', before: '0.009', after: '0.01 (cost 0.004)', source: 'list.csv' }],
    ]);
    expect((await importing('list.csv', csv, '--apply')).stdout).toContain(
      '0 added\n0 changed\n0 removed\n3 unchanged',
    );
    expect(await traces()).toHaveLength(2);
  });

  test('with --replace removes what the file leaves out', async () => {
    expect((await importing('list.csv', csv, '--replace')).stdout).toContain('1 removed\n  FR:sms 0.062\n');
    expect(await standing()).toHaveLength(3);
    await importing('list.csv', csv, '--replace', '--apply');
    expect((await standing()).map(({ _id }) => _id)).toEqual(['DE:voice', 'GR:sms', 'US:sms']);
    expect((await traces()).at(1)?.details).toMatchObject({ price: 'FR:sms', before: '0.062', after: 'none' });
  });

  test('reads JSON, and keeps prices of networks with their country', async () => {
    const items = [
      { country: 'GR', method: 'sms', price: 0.05 },
      { country: 'GR', method: 'sms', price: 0.06, mcc: '202', mnc: '01', network: 'Cosmote' },
    ];
    expect((await importing('list.json', JSON.stringify(items), '--apply')).code).toBe(0);
    expect((await standing()).find(({ _id }) => _id === 'GR:sms')).toMatchObject({
      price: 50_000,
      networks: [{ mcc: '202', mnc: '01', network: 'Cosmote', price: 60_000 }],
    });
  });

  test('names every bad line and applies nothing while there is one', async () => {
    const before = await standing();
    const { code, stdout, stderr } = await importing(
      'bad.csv',
      `${csv}XX,sms,1,\nUS,fax,-1,\nGR,sms\n`,
      '--apply',
      '--replace',
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n').slice(-4)).toEqual([
      'line 5: country must be an ISO 3166 code of two letters, or default',
      'line 6: method must be sms or voice; price must be an amount such as 0.045, with a point and at most 6 decimals, up to 10000',
      'line 7: has 2 fields where the header has 4',
      'Nothing was changed: mend these lines',
    ]);
    expect([await standing(), await traces()]).toEqual([before, []]);
  });

  test('with a file of no prices, without a file or with words it does not know changes nothing', async () => {
    const before = await standing();
    expect((await importing('none.json', '[]', '--apply', '--replace')).stderr).toContain('line 1: holds no price');
    expect((await importing('list.csv', csv, '--aply')).stderr).toContain('Usage: ');
    const missing = await runFile('admin/prices-import-command.ts', [join(folder, 'no.csv')], {
      ...stack?.env,
      USER: 'x',
    });
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('no such file')]);
    expect(await standing()).toEqual(before);
  });
});
