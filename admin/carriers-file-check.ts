// Whether what CARRIERS_FILE says goes together, with itself and with what the database has.
import { hostProblems } from '../carriers/host-settings.ts';
import { nameProblem } from '../domain/carrier.ts';
import { findLive } from '../store/accounts.ts';
import type { CarrierDocument, RouteDocument } from '../store/carrier-documents.ts';
import type { Database } from '../store/database.ts';
import { type Surroundings, typeProblem } from './carrier-surroundings.ts';
import type { CarriersFile } from './carriers-file-format.ts';
import { configurationProblems } from './configuration-problems.ts';
import { placeText } from './route-place.ts';
import { type RoutableCarrier, routableCarriers, stepProblems } from './routes.ts';

interface Standing {
  readonly carriers: readonly CarrierDocument[];
  readonly routes: readonly RouteDocument[];
}

type Problems = Record<string, string>;

/** Every problem under its path inside the file. */
export async function problemsOfFile(
  database: Database,
  surroundings: Surroundings,
  file: CarriersFile,
  standing: Standing,
): Promise<Problems> {
  const others = standing.carriers.filter(({ _id, from }) => from !== 'file' && !Object.hasOwn(file.carriers, _id));
  const own = Object.entries(file.carriers).map(([_id, { type, settings = {} }]) => ({ _id, type, settings }));
  const carriers = routableCarriers([...others, ...own], surroundings.sandbox);
  const problems: Problems = {};
  for (const [name, fields] of Object.entries(file.carriers)) {
    Object.assign(problems, carrierProblems(surroundings, name, fields));
  }
  const seen = new Set<string>();
  for (const [index, { place, steps }] of file.routes.entries()) {
    const path = `routes.${index}`;
    if (seen.has(placeText(place))) problems[path] = 'is for the same place as one before it';
    seen.add(placeText(place));
    const { applicationId } = place;
    if (applicationId !== undefined && !(await findLive(database, applicationId))) {
      problems[`${path}.applicationId`] = 'is unknown';
    }
    for (const [field, problem] of Object.entries(stepProblems(steps, carriers)))
      problems[`${path}.${field}`] = problem;
  }
  return { ...problems, ...needed(standing, carriers, seen) };
}

function carrierProblems(surroundings: Surroundings, name: string, fields: CarriersFile['carriers'][string]): Problems {
  const path = `carriers.${name}`;
  const { type, settings = {}, secrets = {} } = fields;
  const named = nameProblem(name);
  const misplaced = typeProblem(surroundings, name, type);
  const configured = Object.entries({
    ...configurationProblems(type, settings, secrets, surroundings.production),
    ...hostProblems(type, settings, surroundings.carrierHosts),
  });
  return {
    ...(named !== undefined && { [path]: `its name ${named}` }),
    ...(misplaced !== undefined && { [`${path}.type`]: misplaced }),
    ...Object.fromEntries(configured.map(([field, problem]) => [`${path}.${field}`, problem])),
  };
}

/** A carrier that the file no longer has may stand in a route that was made through the management API. */
function needed(
  { carriers, routes }: Standing,
  present: ReadonlyMap<string, RoutableCarrier>,
  places: ReadonlySet<string>,
): Problems {
  const dropped = carriers.filter(({ _id, from }) => from === 'file' && !present.has(_id)).map(({ _id }) => _id);
  const staying = routes.filter((route) => route.from !== 'file' && !places.has(placeText(route)));
  const problems: Problems = {};
  for (const name of dropped) {
    const using = staying.filter(({ steps }) => steps.some(({ carrier }) => carrier === name));
    if (using.length > 0) {
      problems[`carriers.${name}`] =
        `is gone from the file but needed by the route ${using.map(placeText).join(', ')}, made through the management API: change that first`;
    }
  }
  return problems;
}
