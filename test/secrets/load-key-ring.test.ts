// Where the ring comes from, who may read it, and that production never keeps it beside the data it protects.
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadKeyRing } from '../../secrets/load-key-ring.ts';
import { eventually } from '../support/eventually.ts';
import { fixedKey } from '../support/key-rings.ts';

let folder: string;
let dataDir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twostep-ring-'));
  dataDir = join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ring = (id: string) => JSON.stringify({ keys: [fixedKey(id)] });
const ringFile = (path: string, id = 'filed') => {
  writeFileSync(path, ring(id));
  return path;
};

describe('the ring', () => {
  test('comes from the environment before a file', () => {
    const keyRingFile = ringFile(join(folder, 'ring.json'));
    expect(loadKeyRing({ keyRing: ring('given'), keyRingFile, dataDir, production: true }).maker.id).toBe('given');
    expect(loadKeyRing({ keyRingFile, dataDir, production: true }).maker.id).toBe('filed');
  });

  test('is made on the first local run for its owner alone, and found by the next', () => {
    const first = loadKeyRing({ dataDir, production: false });
    expect(loadKeyRing({ dataDir, production: false })).toMatchObject({ maker: first.maker });
    expect(statSync(join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(readdirSync(dataDir)).toEqual(['keys.json']);
    const other = loadKeyRing({ dataDir: join(folder, 'other'), production: false });
    expect(other.maker.codec.equals(first.maker.codec)).toBe(false);
  });

  test('that cannot be read is named with the reason, and not made in its place', () => {
    const keyRingFile = join(folder, 'missing.json');
    expect(() => loadKeyRing({ keyRingFile, dataDir, production: false })).toThrow(
      `${keyRingFile} cannot be read (ENOENT)`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('in production a ring is refused', () => {
  const refusal = /must not lie inside DATA_DIR/;

  test('when none is given, and none is made', () => {
    expect(() => loadKeyRing({ dataDir, production: true })).toThrow(refusal);
    mkdirSync(dataDir);
    expect(() => loadKeyRing({ dataDir, production: true })).toThrow(refusal);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test('when none is given and DATA_DIR is reached through a symlink', () => {
    mkdirSync(dataDir);
    symlinkSync(dataDir, join(folder, 'link'));
    expect(() => loadKeyRing({ dataDir: join(folder, 'link'), production: true })).toThrow(refusal);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test.each([
    ['inside DATA_DIR', (data: string) => join(data, 'ring.json')],
    ['deeper inside', (data: string) => join(data, 'secrets', 'ring.json')],
    ['inside under a name that starts with dots', (data: string) => join(data, '..ring.json')],
    ['by a path that leaves and comes back', (data: string) => join(data, '..', 'data', 'ring.json')],
  ])('that lies %s', (_where, path) => {
    mkdirSync(join(dataDir, 'secrets'), { recursive: true });
    const keyRingFile = ringFile(path(dataDir));
    expect(() => loadKeyRing({ keyRingFile, dataDir, production: true })).toThrow(refusal);
    expect(loadKeyRing({ keyRingFile, dataDir, production: false }).maker.id).toBe('filed');
  });

  test('that a symlink outside points to, or that lies in a folder linked there', () => {
    mkdirSync(dataDir);
    const [file, linked] = [join(folder, 'ring.json'), join(folder, 'linked')];
    symlinkSync(ringFile(join(dataDir, 'ring.json')), file);
    symlinkSync(dataDir, linked);
    for (const keyRingFile of [file, join(linked, 'ring.json'), join(linked, 'not there yet.json')]) {
      expect(() => loadKeyRing({ keyRingFile, dataDir, production: true })).toThrow(refusal);
    }
  });

  test('but not when it lies beside DATA_DIR, even under a name that begins alike', () => {
    mkdirSync(`${dataDir}-keys`);
    const keyRingFile = ringFile(join(`${dataDir}-keys`, 'ring.json'));
    expect(loadKeyRing({ keyRingFile, dataDir, production: true }).maker.id).toBe('filed');
  });
});

test('processes that start at once on a new DATA_DIR all get the same ring, 60 times in a row', async () => {
  const module = new URL('../../secrets/load-key-ring.ts', import.meta.url).href;
  // Each says that it is loaded, and waits for the same instants, so that they truly meet.
  const script = `
    import { existsSync, mkdirSync, readFileSync } from 'node:fs';
    const { loadKeyRing } = await import(${JSON.stringify(module)});
    const [folder] = process.argv.slice(1);
    mkdirSync(folder + '/loaded/' + process.pid, { recursive: true });
    while (!existsSync(folder + '/go'));
    const first = Number(readFileSync(folder + '/go'));
    for (let n = 0; n < 60; n += 1) {
      while (Date.now() < first + n * 15);
      console.log(loadKeyRing({ dataDir: folder + '/data' + n, production: false }).maker.codec.toString('hex'));
    }`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script, '--', folder];
  const cwd = new URL('../..', import.meta.url);
  const processes = Promise.all(Array.from({ length: 3 }, () => promisify(execFile)(process.execPath, args, { cwd })));
  const loaded = join(folder, 'loaded');
  await eventually('all loaded', async () => existsSync(loaded) && readdirSync(loaded).length === 3);
  writeFileSync(join(folder, 'aside'), String(Date.now() + 50));
  renameSync(join(folder, 'aside'), join(folder, 'go'));
  const [rings = [], ...others] = (await processes).map(({ stdout }) => stdout.trim().split('\n'));
  expect(new Set(rings).size).toBe(60);
  for (const other of others) expect(other).toEqual(rings);
  for (let n = 0; n < 60; n += 1) expect(readdirSync(join(folder, `data${n}`))).toEqual(['keys.json']);
}, 60_000);
