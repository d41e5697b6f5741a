// The rooms of the house: each imports only what its row allows (CONTRIBUTING.md, "Rooms").
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import { type Import, importsOf, withoutComments } from './support/imports.ts';

const root = join(import.meta.dirname, '..');

/** What carriers are configured with, without the carriers themselves. */
const carrierSettings = /^carriers\/([a-z]+\/)?([a-z-]+-)?settings\.ts$/;

/** What a file of the room may import from elsewhere, by path; types too unless said otherwise. */
const rooms: Readonly<Record<string, { may: readonly RegExp[]; mayTypesOf?: readonly RegExp[] }>> = {
  api: {
    may: [
      /^domain\//,
      /^secrets\//,
      /^store\//,
      /^admin\//,
      /^egress\//,
      /^receipts\//,
      /^workflows\/messages\.ts$/,
      /^carriers\/(receipt-parsers|call-answers|carrier-request)\.ts$/,
      carrierSettings,
    ],
  },
  workflows: { may: [/^domain\//], mayTypesOf: [/^activities\//] },
  activities: { may: [/^domain\//, /^secrets\//, /^carriers\//, /^store\//, /^receipts\//, /^egress\//] },
  receipts: { may: [/^domain\//, /^secrets\//, /^store\//, /^workflows\/messages\.ts$/] },
  carriers: { may: [/^domain\//, /^egress\//] },
  egress: { may: [/^domain\//] },
  store: { may: [/^domain\//] },
  domain: { may: [] },
  secrets: { may: [/^domain\//] },
  worker: {
    may: [
      /^domain\//,
      /^secrets\//,
      /^store\//,
      /^carriers\//,
      /^activities\//,
      /^receipts\//,
      /^egress\//,
      /^workflows\//,
      /^admin\//,
    ],
  },
  admin: {
    may: [
      /^domain\//,
      /^secrets\//,
      /^store\//,
      /^activities\//,
      /^egress\//,
      /^workflows\/messages\.ts$/,
      carrierSettings,
    ],
  },
  local: { may: [/^config\.ts$/] },
  console: { may: [] },
  client: { may: [] },
};

/** Programs of their own: they alone read the environment, for everybody else it is a parameter. */
const entryPoints = [
  'api/main.ts',
  'worker/main.ts',
  'worker/seed-demo.ts',
  'worker/health.ts',
  'local/main.ts',
  'admin/connect.ts',
];
const pureLibraries = ['libphonenumber-js/max', 'mcc-mnc-list', '@noble/hashes/sha2.js', '@noble/hashes/utils.js'];
const workflowLibraries = [/^@temporalio\/(workflow|common)$/, /^@noble\/hashes\//];

const PACKAGES_OF_WORKFLOWS = [
  '@noble/hashes',
  '@temporalio/common',
  '@temporalio/workflow',
  'long',
  'ms',
  'nexus-rpc',
];

interface FileImport extends Import {
  readonly from: string;
  /** Path from the root for a file of ours, else the specifier as it is. */
  readonly to: string;
  readonly ours: boolean;
}

const filesOf = (room: string): string[] => {
  try {
    const entries = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' });
    return entries
      .filter((file) => /\.[mc]?[jt]sx?$/.test(file) && !/(^|\/)(node_modules|dist)\//.test(file))
      .map((file) => join(room, file));
  } catch {
    return [];
  }
};
const files = [...Object.keys(rooms).flatMap(filesOf), 'config.ts', 'temporal.ts', 'startup.ts'];
const source = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const imports: FileImport[] = files.flatMap((from) =>
  importsOf(source.get(from) ?? '').map((each) => {
    const ours = each.specifier.startsWith('.');
    return {
      ...each,
      from,
      ours,
      to: ours ? relative(root, join(root, dirname(from), each.specifier)) : each.specifier,
    };
  }),
);
const roomOf = (file: string) => file.split('/')[0] ?? '';
const shown = (found: FileImport[]) => found.map(({ from, to }) => `${from} -> ${to}`);

describe('a room', () => {
  test.each(Object.keys(rooms))('%s imports only what its row of the table allows', (room) => {
    const { may = [], mayTypesOf = [] } = rooms[room] ?? {};
    const allowed = ({ from, to, typesOnly }: FileImport) =>
      roomOf(to) === room ||
      may.some((path) => path.test(to)) ||
      (typesOnly && mayTypesOf.some((path) => path.test(to))) ||
      (entryPoints.includes(from) && ['config.ts', 'temporal.ts', 'startup.ts'].includes(to));
    const crossing = imports.filter(({ from, ours }) => ours && roomOf(from) === room);
    expect(shown(crossing.filter((each) => !allowed(each)))).toEqual([]);
  });

  test('names every file it imports with its ending, and every name it imports can be read', () => {
    const unreadable = imports.filter(
      ({ specifier, ours }) => specifier.startsWith('unreadable') || (ours && !/\.(ts|mjs)$/.test(specifier)),
    );
    expect(shown(unreadable)).toEqual([]);
  });

  test('is known to the table: no folder of code stands outside it', () => {
    const elsewhere = ['node_modules', 'test', 'bench', 'docs', 'dist', 'coverage'];
    const folders = readdirSync(root, { withFileTypes: true }).filter(
      (each) => each.isDirectory() && !each.name.startsWith('.'),
    );
    const withCode = folders
      .map(({ name }) => name)
      .filter((name) => !elsewhere.includes(name) && filesOf(name).length > 0);
    expect(withCode.filter((name) => !(name in rooms))).toEqual([]);
    expect(withCode.length).toBeGreaterThanOrEqual(9);
  });
});

describe('pure code', () => {
  const libraries = (room: string) =>
    imports.filter(({ from, ours, typesOnly }) => roomOf(from) === room && !ours && !typesOnly);

  test('in domain/ uses pure libraries alone', () => {
    expect(shown(libraries('domain').filter(({ to }) => !pureLibraries.includes(to)))).toEqual([]);
  });

  test('in workflows/ uses what may run in a workflow, and no module of Node', () => {
    const used = libraries('workflows');
    expect(shown(used.filter(({ to }) => to.startsWith('node:') || builtinModules.includes(to)))).toEqual([]);
    expect(shown(used.filter(({ to }) => !workflowLibraries.some((library) => library.test(to))))).toEqual([]);
  });

  test('in client/ runs wherever fetch does: one library, and no module of Node', () => {
    expect(shown(libraries('client').filter(({ to }) => to !== 'openapi-fetch'))).toEqual([]);
  });

  test('in config.ts, temporal.ts and startup.ts knows no room', () => {
    expect(
      shown(imports.filter(({ from, ours }) => ours && ['config.ts', 'temporal.ts', 'startup.ts'].includes(from))),
    ).toEqual([]);
  });
});

test('nothing is written to the console but by programs whose output is for people', () => {
  const writers = files.filter((file) => /\bconsole\s*[.[]/.test(withoutComments(source.get(file) ?? '')));
  expect(writers.filter((file) => roomOf(file) !== 'local' && file !== 'worker/seed-demo.ts')).toEqual([]);
});

test('the workflow bundle builds, and holds nothing of store, secrets, carriers or api but the failure converter', async () => {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows/index.ts'),
    failureConverterPath: join(root, 'secrets/failure-converter.ts'),
    logger: new DefaultLogger('ERROR'),
  });
  expect(code).toContain('verificationWorkflow');
  const modules = [
    ...code.matchAll(/"\.\/((?:api|workflows|activities|carriers|egress|store|domain|secrets)\/[^"?]+)"/g),
  ];
  const bundled = [...new Set(modules.map(([, path = '']) => path))];
  expect(bundled).toContain('workflows/verification.ts');
  const foreign = bundled.filter((path) => !/^(workflows|domain)\//.test(path));
  expect(foreign).toEqual(['secrets/failure-converter.ts']);
  // Every workflow evaluates every module of it: what none of them runs costs each of them.
  const packages = [...code.matchAll(/"\.\/node_modules\/((?:@[^/"]+\/)?[^/"]+)\//g)].map(([, name]) => name);
  expect([...new Set(packages)].sort()).toEqual(PACKAGES_OF_WORKFLOWS);
  const withoutMap = code.slice(0, code.indexOf('//# sourceMappingURL='));
  expect(withoutMap.length).toBeLessThan(850_000);
}, 60_000);
