// What an operator does about routes: puts one in its place, or removes it.
import { type CarrierSchemas, carrierSchemas, isCarrierType } from '../carriers/settings.ts';
import { SANDBOX_CARRIER } from '../domain/carrier.ts';
import { type RoutePlace, type RouteStep, routeId } from '../domain/route.ts';
import { changeAudited, insertAudited, removeAudited } from '../store/audited.ts';
import type { RouteDocument } from '../store/documents.ts';
import { findRouteOf } from '../store/routes.ts';
import { problemsBelow } from './carrier-fields.ts';
import type { Source } from './carriers.ts';
import { actOf, invalid, type Operator, OperatorRefusal, unknown } from './operator.ts';
import { placeText } from './route-place.ts';

/** The types of the carriers that may stand in routes, by name. */
export function typesByName(
  carriers: readonly { readonly _id: string; readonly type: string }[],
  sandbox: boolean,
): ReadonlyMap<string, string> {
  const types = new Map(carriers.map(({ _id, type }) => [_id, type]));
  return sandbox ? types.set(SANDBOX_CARRIER, 'sandbox') : types;
}

/** What is wrong with steps beyond their form, by field: unknown carriers, options a type does not understand. */
export function stepProblems(steps: readonly RouteStep[], types: ReadonlyMap<string, string>): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const [index, { carrier, options }] of steps.entries()) {
    const type = types.get(carrier);
    if (type === undefined) problems[`steps.${index}.carrier`] = 'is unknown: put the carrier first';
    else if (options) Object.assign(problems, optionProblems(`steps.${index}.options`, type, options));
  }
  return problems;
}

function optionProblems(place: string, type: string, options: object): Record<string, string> {
  const schemas: CarrierSchemas | undefined = isCarrierType(type) ? carrierSchemas[type] : undefined;
  return problemsBelow(place, schemas?.options?.safeParse(options).error);
}

/** Puts a route in the place of what is there. The next verification walks it, one under way walks the one it started with. */
export async function putRoute(
  operator: Operator,
  place: RoutePlace,
  steps: readonly RouteStep[],
  types: ReadonlyMap<string, string>,
  from: Source,
): Promise<RouteDocument> {
  const problems = stepProblems(steps, types);
  if (Object.keys(problems).length > 0) throw new OperatorRefusal('invalid', problems);
  const { database } = operator;
  const _id = routeId(place);
  const act = (before: readonly RouteStep[] | null) =>
    actOf(operator, 'route.put', { route: placeText(place), before, after: steps, ...ofApplication(place) });
  for (;;) {
    const changed = await changeAudited(database, database.routes, _id, (current) => {
      if (from !== 'file') assertNotOfFile(current);
      if (current.from === from && sameSteps(current.steps, steps)) return undefined;
      return { set: { steps, from }, act: act(current.steps) };
    });
    if (changed) return changed;
    const route: RouteDocument = { _id, ...place, steps, from };
    if (await insertAudited(database, database.routes, route, act(null))) return route;
  }
}

/** Removes a route: numbers of its place go by the next less specific one. */
export async function removeRoute(operator: Operator, place: RoutePlace, from: Source): Promise<RouteDocument> {
  const { database } = operator;
  const removed = await removeAudited(database, database.routes, routeId(place), (route) => {
    if (from !== 'file') assertNotOfFile(route);
    return actOf(operator, 'route.delete', { route: placeText(place), before: route.steps, ...ofApplication(place) });
  });
  return removed ?? noRoute(place);
}

/** @throws OperatorRefusal where there is none. */
export async function existingRoute({ database }: Operator, place: RoutePlace): Promise<RouteDocument> {
  return (await findRouteOf(database, place)) ?? noRoute(place);
}

function noRoute(place: RoutePlace): never {
  throw unknown('place', 'route', `for ${placeText(place)}`);
}

function assertNotOfFile({ from }: RouteDocument): void {
  if (from === 'file') throw invalid('place', 'is in CARRIERS_FILE: change it there');
}

/** What was left out is undefined in one and absent in the other. */
const sameSteps = (one: readonly RouteStep[], other: readonly RouteStep[]) =>
  JSON.stringify(one) === JSON.stringify(other);

const ofApplication = ({ applicationId }: RoutePlace) => (applicationId === undefined ? {} : { applicationId });
