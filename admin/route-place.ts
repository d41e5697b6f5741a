// Where a route holds, in words.
import type { RoutePlace } from '../domain/route.ts';

/** A place as paths and sentences have it, such as `all/GR`, `all/everywhere`, `<applicationId>/+4474`. */
export function placeText({ applicationId = 'all', prefix, country }: RoutePlace): string {
  return `${applicationId}/${prefix ?? country ?? 'everywhere'}`;
}
