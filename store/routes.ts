// Reads of the routes that messages walk; changes go through store/audited.ts.
import { type RoutePlace, type RouteStep, routeId, routeIds } from '../domain/route.ts';
import type { RouteDocument } from './carrier-documents.ts';
import type { Database } from './database.ts';

/** The steps of the most specific route for a number; none where operators made none for it. @param number E.164, with the plus */
export async function findRoute(
  { routes }: Pick<Database, 'routes'>,
  applicationId: string,
  country: string,
  number: string,
): Promise<readonly RouteStep[]> {
  const ids = routeIds(applicationId, country, number);
  const found = await routes.find({ _id: { $in: ids } }).toArray();
  const byId = new Map(found.map((route) => [route._id, route.steps]));
  return ids.map((id) => byId.get(id)).find((steps) => steps !== undefined) ?? [];
}

/** Every route, by id. */
export async function allRoutes({ routes }: Pick<Database, 'routes'>): Promise<RouteDocument[]> {
  return (await routes.find().toArray()).sort((a, b) => a._id.localeCompare(b._id));
}

/** The route made for exactly this place, or null. */
export async function findRouteOf(
  { routes }: Pick<Database, 'routes'>,
  place: RoutePlace,
): Promise<RouteDocument | null> {
  return await routes.findOne({ _id: routeId(place) });
}
