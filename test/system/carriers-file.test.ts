// CARRIERS_FILE at the start of a worker: what it says stands in the database, once; what it no longer says is gone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { applyCarriersFile } from '../../admin/carriers-file.ts';
import { allCarriers } from '../../store/carriers.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let folder: string;
let path: string;

beforeAll(async () => {
  stack = await createStack();
  folder = mkdtempSync(join(tmpdir(), 'twostep-carriers-'));
  path = join(folder, 'carriers.json');
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stack?.stop();
});
beforeEach(async () => {
  const { carriers, routes, audit } = stack.database;
  await Promise.all([carriers.deleteMany({}), routes.deleteMany({}), audit.deleteMany({})]);
});

const apply = async (file: object) => {
  writeFileSync(path, JSON.stringify(file));
  const { database, ring } = stack;
  const operator = { database, actor: 'CARRIERS_FILE' };
  await applyCarriersFile(operator, { ring, sandbox: true, production: false, carrierHosts: 'anywhere' }, path, {});
};
const carriers = () => allCarriers(stack.database);
/** By name: the database promises no order without a sort, and two acts may be of the same millisecond. */
const acts = async () =>
  (await stack.database.audit.find().toArray()).map(({ actor, action }) => `${actor} ${action}`).sort();

const sandbox = { type: 'sandbox' };
const steps = [{ carrier: 'second', method: 'sms' }];
const whole = { carriers: { second: { ...sandbox, messagesPerSecond: 5 } }, routes: [{ country: 'GR', steps }] };

test('it is made so, told of in the trail under its name, and a repeat changes nothing', async () => {
  await apply(whole);
  expect(await carriers()).toMatchObject([{ _id: 'second', from: 'file', paused: false, messagesPerSecond: 5 }]);
  expect(await stack.database.routes.find().toArray()).toMatchObject([{ _id: '*:GR', from: 'file', steps }]);
  const before = [await carriers(), await acts()];
  expect(before[1]).toEqual(['CARRIERS_FILE carrier.put', 'CARRIERS_FILE route.put']);
  await apply(whole);
  expect([await carriers(), await acts()]).toEqual(before);
});

test('what it no longer says is removed, what the management API made stays, and a pause stays, too', async () => {
  await apply({ ...whole, carriers: { ...whole.carriers, third: sandbox } });
  await stack.database.carriers.insertOne({
    _id: 'own',
    type: 'sandbox',
    settings: {},
    paused: false,
    from: 'management API',
    createdAt: new Date(),
  });
  await stack.database.carriers.updateOne({ _id: 'second' }, { $set: { paused: true } });
  await apply({ carriers: { second: { ...sandbox, settings: { delayInSeconds: 1 } } } });
  expect(await carriers()).toMatchObject([
    { _id: 'own', from: 'management API' },
    { _id: 'second', paused: true, settings: { delayInSeconds: 1 } },
  ]);
  expect((await carriers())[1]).not.toHaveProperty('messagesPerSecond');
  expect(await stack.database.routes.countDocuments()).toBe(0);
});

test('it is refused whole when it does not go together, every problem named by its path, and nothing is changed', async () => {
  const file = {
    carriers: {
      sandbox,
      second: { ...sandbox, settings: { speed: 's3cr3t' }, secrets: { password: 's3cr3t' } },
    },
    routes: [{ steps: [{ carrier: 'third', method: 'sms' }] }, { steps }, { applicationId: 'nobody', steps }],
  };
  const error: Error = await apply(file).then(
    () => new Error('it was taken'),
    (refused) => refused,
  );
  const lines = error.message.split('\n');
  expect(lines[0]).toContain('docs/carriers.md');
  expect(lines.slice(1).map((line) => line.trim().split(': ')[0])).toEqual([
    'carriers.sandbox',
    'carriers.second.settings.speed',
    'carriers.second.secrets.password',
    'routes.0.steps.0.carrier',
    'routes.1',
    'routes.2.applicationId',
  ]);
  expect(error.message).not.toContain('s3cr3t');
  expect(await carriers()).toEqual([]);
});

test('a secret that is not in the environment is named with its variable', async () => {
  const settings = { host: 'smsc.example.com', systemId: 'twostep' };
  const operator = { type: 'smpp', settings, secrets: { password: { env: 'SMSC_PASSWORD' } } };
  await expect(apply({ carriers: { operator } })).rejects.toThrow(
    'carriers.operator.secrets.password: needs SMSC_PASSWORD, which is not set in the environment',
  );
});

test('a carrier that it drops, but a route of the management API needs, is named', async () => {
  await apply({ carriers: whole.carriers });
  await stack.database.routes.insertOne({ _id: '*:*', steps: steps as never, from: 'management API' });
  await expect(apply({})).rejects.toThrow(/carriers\.second: .*all\/everywhere/);
  expect(await carriers()).toHaveLength(1);
});

test('a worker takes it at its start, and one whose file is not usable ends with a sentence that says so', async () => {
  writeFileSync(path, JSON.stringify(whole));
  const worker = await stack.startWorker({ CARRIERS_FILE: path });
  expect(await carriers()).toMatchObject([{ _id: 'second', from: 'file' }]);
  await worker.stop();
  const without = await stack.startWorker();
  expect(without.output()).toContain('CARRIERS_FILE is not set here');
  await without.stop();
  await expect(stack.startWorker({ CARRIERS_FILE: join(folder, 'none.json') })).rejects.toThrow(
    'cannot be read (ENOENT)',
  );
  writeFileSync(path, '{"carriers": {"Second": {"type": "sandbox"}}}');
  await expect(stack.startWorker({ CARRIERS_FILE: path })).rejects.toThrow(/carriers\.Second: its name must be/);
});

test('a worker without any carrier starts, and says what to do', async () => {
  const worker = await stack.startWorker({ SANDBOX: 'disabled' });
  expect(worker.output()).toContain('No carrier is configured');
  await worker.stop();
  expect(await worker.ended).toEqual({ code: 0, signal: null });
});
