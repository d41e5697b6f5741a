// Which carriers a message goes through, one after the other, and what each step of the way may change.
import type { Method } from './method.ts';

export interface RouteStep {
  readonly carrier: string;
  readonly method: Method;
  /** Replaces the sender id, for a country that forbids others. */
  readonly originator?: string;
  /** How long a receipt is waited for before the next step, 1 to 3,600; without it, silence after an acceptance is no reason to go on. */
  readonly waitForReceiptSeconds?: number;
  /** What only this carrier understands, such as the TLVs of SMPP, by name. */
  readonly options?: Readonly<Record<string, string>>;
}

/** Where a route holds: for one application or all, and for a prefix (`+4474`), a country (`GB`) or everywhere. */
export interface RoutePlace {
  readonly applicationId?: string;
  /** With its plus, digits of E.164. */
  readonly prefix?: string;
  /** ISO 3166-1 alpha-2, in capitals. */
  readonly country?: string;
}

export const MAX_ROUTE_STEPS = 10;

/** A repeat or a failover with less life left than this would reach the phone too late to be typed; in milliseconds. */
export const LEAST_LIFE_FOR_REPEAT_MS = 15_000;

const ANY = '*';

/** The id a route is found by; a prefix decides alone, whatever the country. */
export function routeId({ applicationId = ANY, prefix, country }: RoutePlace): string {
  return `${applicationId}:${prefix ?? country ?? ANY}`;
}

/**
 * The ids a route may be found by, the most specific first: an application's own before those of all, and among either the
 * longest prefix, then the country, then everywhere.
 * @param number E.164, with the plus
 */
export function routeIds(applicationId: string, country: string, number: string): string[] {
  const prefixes = Array.from(number, (_, index) => number.slice(0, number.length - index)).filter(
    (prefix) => prefix.length > 1,
  );
  const places: RoutePlace[] = [...prefixes.map((prefix) => ({ prefix })), { country }, {}];
  return [...places.map((place) => routeId({ ...place, applicationId })), ...places.map((place) => routeId(place))];
}

/** The way of a send by each method; none by a method that no step is for. */
export type Routes = Readonly<Partial<Record<Method, readonly RouteStep[]>>>;

/** Steps by a method that cannot be paid for, or cannot reach the number, are left out: they would come to nothing. */
export function routesByMethod(steps: readonly RouteStep[], payable: readonly Method[]): Routes {
  const taken = steps.filter(({ method }) => payable.includes(method));
  const routes = payable.map((method) => [method, stepsFor(taken, method)] as const);
  return Object.fromEntries(routes.filter(([, walked]) => walked.length > 0));
}

/** The carrier that a send by this method is given to first. */
export function firstCarrier(routes: Routes, method: Method): string {
  return routes[method]?.[0]?.carrier ?? '';
}

/** Who a message of a step is from, where the routes name a sender anywhere; else all are from the same. */
export function ownSender(
  routes: Routes,
  step: RouteStep | undefined,
  originator: string,
): { readonly originator?: string } {
  const named = Object.values(routes).some((steps) => steps.some((each) => each.originator !== undefined));
  return named ? { originator: step?.originator ?? originator } : {};
}

/** The steps that a send by this method walks: from the first of its own method on; none where the route has no such step. */
export function stepsFor(steps: readonly RouteStep[], method: Method): readonly RouteStep[] {
  const first = steps.findIndex((step) => step.method === method);
  return first < 0 ? [] : steps.slice(first);
}
