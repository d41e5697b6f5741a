// Reads of the routes that messages walk.
import type { RouteStep } from '../domain/route.ts';
import { routeIds } from '../domain/route.ts';
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
