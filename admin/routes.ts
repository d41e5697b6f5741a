// What an operator does about routes: puts one in its place, or removes it.
import { type CarrierSchemas, carrierSchemas, isCarrierType } from '../carriers/settings.ts';
import { SANDBOX_CARRIER } from '../domain/carrier.ts';
import { fieldProblem } from '../domain/field-problem.ts';
import { type Method, methods } from '../domain/method.ts';
import { type RoutePlace, type RouteStep, routeId } from '../domain/route.ts';
import { changeAudited, insertAudited, removeAudited } from '../store/audited.ts';
import type { RouteDocument } from '../store/carrier-documents.ts';
import { findRouteOf } from '../store/routes.ts';
import type { Source } from './carriers.ts';
import { problemsBelow } from './configuration-problems.ts';
import { actOf, invalid, type Operator, OperatorRefusal, unknown } from './operator.ts';
import { placeText } from './route-place.ts';

/** What a step is judged by. */
export interface RoutableCarrier {
  readonly type: string;
  readonly settings: unknown;
}

/** The carriers that may stand in routes, by name. */
export function routableCarriers(
  carriers: readonly (RoutableCarrier & { readonly _id: string })[],
  sandbox: boolean,
): ReadonlyMap<string, RoutableCarrier> {
  const found = new Map<string, RoutableCarrier>(carriers.map((carrier) => [carrier._id, carrier]));
  return sandbox ? found.set(SANDBOX_CARRIER, { type: 'sandbox', settings: {} }) : found;
}

/** What is wrong with steps beyond their form, by field: unknown carriers, methods and options they do not know, waits in vain. */
export function stepProblems(
  steps: readonly RouteStep[],
  carriers: ReadonlyMap<string, RoutableCarrier>,
): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const [index, step] of steps.entries()) {
    const carrier = carriers.get(step.carrier);
    if (carrier) Object.assign(problems, problemsWith(carrier, `steps.${index}`, step));
    else problems[`steps.${index}.carrier`] = 'is unknown: put the carrier first';
  }
  return problems;
}

function problemsWith(
  { type, settings }: RoutableCarrier,
  place: string,
  { method, options, waitForReceiptSeconds }: RouteStep,
): Record<string, string> {
  const schemas: CarrierSchemas | undefined = isCarrierType(type) ? carrierSchemas[type] : undefined;
  const carries = (each: Method) => schemas?.carries?.(each, settings) ?? true;
  const inVain = waitForReceiptSeconds !== undefined && schemas?.neverReports?.(settings);
  return {
    ...(!carries(method) && {
      [`${place}.method`]: `cannot go through this carrier, which does ${methods.filter(carries).join(' and ')} alone`,
    }),
    ...(options &&
      problemsBelow(`${place}.options`, schemas?.options?.safeParse(options, { error: fieldProblem }).error)),
    ...(inVain && {
      [`${place}.waitForReceiptSeconds`]:
        'waits for what never comes, since the carrier is set to send no receipts: leave it out, or have the carrier report',
    }),
  };
}

/** Puts a route in the place of what is there. The next verification walks it, one under way walks the one it started with. */
export async function putRoute(
  operator: Operator,
  place: RoutePlace,
  steps: readonly RouteStep[],
  carriers: ReadonlyMap<string, RoutableCarrier>,
  from: Source,
): Promise<RouteDocument> {
  const problems = stepProblems(steps, carriers);
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
