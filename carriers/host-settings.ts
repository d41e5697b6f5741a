// Where a carrier connects to, by its settings, and what is wrong with that: gateways are on the public internet unless allowed.
import { type AllowedHosts, isForbidden } from '../egress/allowed-hosts.ts';
import { type CarrierSchemas, type CarrierType, carrierSchemas } from './settings.ts';

/** What operators are told, when they save it and when it is connected to. */
export const NOT_PUBLIC =
  'its address is not of the public internet: where it is meant to be, name its host:port in CARRIER_ALLOWED_HOSTS, for workers and API';

/** By the path of each setting that can lead nowhere public; where a name leads is known once it is looked up. */
export function hostProblems(type: CarrierType, settings: object, allowed: AllowedHosts): Record<string, string> {
  const schemas: CarrierSchemas = carrierSchemas[type];
  const { success, data } = schemas.settings.safeParse(settings);
  if (!success) return {};
  const forbidden = Object.entries(schemas.destinations?.(data) ?? {}).filter(([, to]) => isForbidden(to, allowed));
  return Object.fromEntries(forbidden.map(([path]) => [`settings.${path}`, NOT_PUBLIC]));
}
