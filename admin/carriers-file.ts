// CARRIERS_FILE: carriers and routes as a file, brought into the database when a worker starts.
import { readFile } from 'node:fs/promises';
import { allCarriers } from '../store/carriers.ts';
import type { Database } from '../store/database.ts';
import { allRoutes } from '../store/routes.ts';
import type { Surroundings } from './carrier-surroundings.ts';
import { putCarrier, removeCarrier } from './carriers.ts';
import { problemsOfFile } from './carriers-file-check.ts';
import { type CarriersFile, readCarriersFile } from './carriers-file-format.ts';
import { type Operator, OperatorRefusal } from './operator.ts';
import { placeText } from './route-place.ts';
import { putRoute, removeRoute, routableCarriers } from './routes.ts';

const FROM = 'file';

/**
 * Makes carriers and routes as the file says; what came from a file and is no longer in it is removed. Repeating changes nothing.
 * @throws Error that lists every problem at once by its path inside the file; values are never quoted.
 */
export async function applyCarriersFile(
  operator: Operator,
  surroundings: Surroundings,
  path: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const { database } = operator;
  const read = readCarriersFile(await textOf(path), env);
  const [carriers, routes] = await Promise.all([allCarriers(database), allRoutes(database)]);
  const found = read.file && (await problemsOfFile(database, surroundings, read.file, { carriers, routes }));
  // Where both speak of one place, the file's own word is nearer to the cause, such as a variable that is not set.
  const problems = { ...found, ...read.problems };
  if (!read.file || Object.keys(problems).length > 0) throw notUsable(path, problems);
  await apply(operator, surroundings, read.file);
}

async function apply(operator: Operator, surroundings: Surroundings, file: CarriersFile): Promise<void> {
  const { database } = operator;
  for (const [name, fields] of Object.entries(file.carriers)) {
    await putCarrier(operator, surroundings, name, fields, FROM);
  }
  const carriers = routableCarriers(await allCarriers(database), surroundings.sandbox);
  for (const { place, steps } of file.routes) await putRoute(operator, place, steps, carriers, FROM);
  const places = new Set(file.routes.map(({ place }) => placeText(place)));
  for (const route of await allRoutes(database)) {
    if (route.from === FROM && !places.has(placeText(route))) await gone(removeRoute(operator, route, FROM));
  }
  for (const { _id, from } of await allCarriers(database)) {
    if (from === FROM && !Object.hasOwn(file.carriers, _id)) await gone(removeCarrier(operator, _id, FROM));
  }
}

/** Another worker that starts with the same file may have been first. */
async function gone(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error: unknown) => {
    if (!(error instanceof OperatorRefusal) || error.kind !== 'unknown') throw error;
  });
}

/** The names of carriers that a file brought. */
export async function leftByFile(database: Database): Promise<string[]> {
  return (await allCarriers(database)).filter(({ from }) => from === FROM).map(({ _id }) => _id);
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `CARRIERS_FILE ${path} cannot be read (${code ?? 'unknown error'}): correct the path, or leave it out`,
    );
  }
}

function notUsable(path: string, problems: Readonly<Record<string, string>>): Error {
  const lines = Object.entries(problems).map(([place, problem]) => `  ${place}: ${problem}`);
  return new Error(`CARRIERS_FILE ${path} is not usable (see docs/carriers.md):\n${lines.join('\n')}`);
}
