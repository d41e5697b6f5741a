// Every error of the contract is the subject of a test: its code stands in the title of one.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorNames, errorRow } from '../domain/errors.ts';

test('each nine-digit code stands in the title of a test of the running API', () => {
  const titles = ['test/system', 'test/api']
    .flatMap((folder) => readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8')))
    .flatMap((text) => text.split('\n').filter((line) => /^\s*(test|describe)\b|^\s*\]?\)?\(?'/.test(line)));
  const missing = errorNames
    .map((name) => errorRow(name).code)
    .filter((code) => !titles.some((title) => title.includes(code)));
  expect(missing).toEqual([]);
});
