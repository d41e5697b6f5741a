// DATA_DIR is its owner's alone, whoever made it and whatever wrote into it.
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepPrivate } from '../../local/private-folder.ts';

let parent: string;
let folder: string;
let mask: number;

beforeEach(() => {
  mask = process.umask(0o022);
  parent = mkdtempSync(join(tmpdir(), 'twostep-private-'));
  folder = join(parent, '.data');
});
afterEach(() => {
  process.umask(mask);
  rmSync(parent, { recursive: true, force: true });
});

/** Everything below, with its mode. */
const modes = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path, { recursive: true })
      .map(String)
      .sort()
      .map((name) => [name, (lstatSync(join(path, name)).mode & 0o777).toString(8)]),
  );
const mode = (path: string) => (lstatSync(path).mode & 0o777).toString(8);

test('a folder that is not there is made', () => {
  keepPrivate(join(folder, 'deeper'));
  expect([mode(folder), mode(join(folder, 'deeper'))]).toEqual(['700', '700']);
});

test.each([
  [0o755, 0o644],
  [0o777, 0o666],
  [0o775, 0o664],
  [0o750, 0o640],
  [0o701, 0o604],
  [0o755, 0o755],
  [0o700, 0o400],
])('one of mode %o with files of mode %o is closed, at every depth', (folders, files) => {
  for (const path of [folder, join(folder, 'mongodb'), join(folder, 'mongodb', 'journal')]) mkdirSync(path);
  const all = ['keys.json', 'mongodb/embedded.mv', 'mongodb/journal/1', 'local.json'].map((name) => join(folder, name));
  for (const path of all) writeFileSync(path, 'x');
  for (const path of all) chmodSync(path, files);
  for (const name of ['mongodb/journal', 'mongodb', '.']) chmodSync(join(folder, name), folders);
  keepPrivate(folder);
  expect(mode(folder)).toBe('700');
  expect(modes(folder)).toEqual({
    'keys.json': '600',
    'local.json': '600',
    mongodb: '700',
    'mongodb/embedded.mv': '600',
    'mongodb/journal': '700',
    'mongodb/journal/1': '600',
  });
});

test.each([0o000, 0o002, 0o007, 0o022, 0o027])(
  'what this process and its children write afterwards is closed from the beginning, for whoever came with umask %o',
  (before) => {
    process.umask(before);
    mkdirSync(folder);
    keepPrivate(folder);
    writeFileSync(join(folder, 'own'), 'x');
    const script = `require('fs').mkdirSync('made'); require('fs').writeFileSync('made/file', 'x')`;
    execFileSync(process.execPath, ['-e', script], { cwd: folder });
    expect(modes(folder)).toEqual({ own: '600', made: '700', 'made/file': '600' });
  },
);

test('a link is not followed out of it, and may stand for the whole of it', () => {
  const elsewhere = join(parent, 'elsewhere');
  mkdirSync(elsewhere, { mode: 0o755 });
  writeFileSync(join(parent, 'file'), 'x');
  mkdirSync(folder, { mode: 0o755 });
  symlinkSync(elsewhere, join(folder, 'folder-link'));
  symlinkSync(join(parent, 'file'), join(folder, 'file-link'));
  symlinkSync(join(parent, 'nothing'), join(folder, 'broken-link'));
  symlinkSync(folder, join(parent, 'data-link'));
  keepPrivate(join(parent, 'data-link'));
  expect([mode(folder), mode(elsewhere), mode(join(parent, 'file'))]).toEqual(['700', '755', '644']);
});
