// `npm run prices:import -- <file>`: shows what a price list would change, and with --apply changes it.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type PriceChange, type PriceChanges, priceText } from '../domain/price-changes.ts';
import { type BadLine, readPriceList } from '../domain/price-list.ts';
import { actorOf, readArguments } from './arguments.ts';
import { runCommand } from './connect.ts';
import { readPriceFile } from './price-file.ts';
import { applyPrices, previewPrices } from './prices.ts';

const USAGE = `Usage: npm run prices:import -- <file.csv|file.json> [--apply] [--replace] [--as <name>]
Shows what the file would change; --apply changes it; --replace also removes the prices the file leaves out.
Columns: country, method, price; optional: cost, and mcc, mnc, network for the price of one network.`;

await runCommand(async ({ database }) => {
  const read = readArguments(process.argv.slice(2), { apply: 'alone', replace: 'alone', as: 'value' });
  const [path, ...more] = read?.words ?? [];
  if (!read || path === undefined || more.length > 0) throw new Error(USAGE);
  const { lines, bad: unreadable } = readPriceFile(path, await readFile(path, 'utf8'));
  const { prices, bad: wrong } = readPriceList(lines);
  const bad = [...unreadable, ...wrong].sort((a, b) => a.line - b.line);
  if (bad.length === 0 && prices.length === 0) bad.push({ line: 1, reason: 'holds no price' });
  const changes = await previewPrices(database, prices, 'replace' in read.flags);
  const preview = previewText(changes);
  if (bad.length > 0)
    throw new Error([preview, ...bad.map(badText), 'Nothing was changed: mend these lines'].join('\n'));
  if (!('apply' in read.flags)) return `${preview}\nNothing was changed: repeat with --apply`;
  await applyPrices({ database, actor: actorOf(read.flags, process.env) }, changes, basename(path));
  return `${preview}\nChanged`;
});

function previewText({ added, changed, removed, unchanged, kept }: PriceChanges): string {
  const section = (name: string, changes: readonly PriceChange[]) => [
    `${changes.length} ${name}`,
    ...changes.map(text),
  ];
  return [
    ...section('added', added),
    ...section('changed', changed),
    ...section('removed', removed),
    `${unchanged} unchanged`,
    `${kept} not in the file, and kept`,
  ].join('\n');
}

function text({ place, before, after }: PriceChange): string {
  return `  ${place} ${[before, after].flatMap((price) => (price ? [priceText(price)] : [])).join(' -> ')}`;
}

function badText({ line, reason }: BadLine): string {
  return `line ${line}: ${reason}`;
}
