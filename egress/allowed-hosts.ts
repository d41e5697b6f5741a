// Where operators let connections lead beside the public internet, and what guards a connection that leads anywhere else.
import type { LookupFunction } from 'node:net';
import { ForbiddenAddress, isForbiddenHost } from './addresses.ts';
import { lookUpPublic } from './look-up.ts';

/** These `host:port`, beside the public internet; or wherever somebody says. */
export type AllowedHosts = readonly string[] | 'anywhere';

export interface Destination {
  /** A name or an address; IPv6 with or without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Where a URL of http or https leads. */
export function destinationOf({ hostname, port, protocol }: URL): Destination {
  return { host: hostname, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}

/** Those of the URLs that name a host; a place for a value is behind it. */
export function destinationsOf(urls: Readonly<Record<string, string | undefined>>): Record<string, Destination> {
  const destinations: Record<string, Destination> = {};
  for (const [path, text] of Object.entries(urls)) {
    const url = text?.replace(/[{}]/g, 'x') ?? '';
    if (URL.canParse(url)) destinations[path] = destinationOf(new URL(url));
  }
  return destinations;
}

/** Whether an operator allows it by name, wherever that leads. */
export function isAllowedHost({ host, port }: Destination, allowed: AllowedHosts): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  const named = bare.includes(':') ? `[${bare}]:${port}` : `${bare}:${port}`;
  return allowed === 'anywhere' || allowed.some((each) => each.toLowerCase() === named);
}

/** Whether it can lead nowhere that is public or allowed, before it is looked up. */
export function isForbidden(destination: Destination, allowed: AllowedHosts): boolean {
  return !isAllowedHost(destination, allowed) && isForbiddenHost(destination.host);
}

/**
 * What a connection is to be opened with, so that a name cannot lead elsewhere the second time it is looked up.
 * @throws ForbiddenAddress: an address is not looked up, so a look-up could not refuse it
 */
export function guardFor(destination: Destination, allowed: AllowedHosts): { readonly lookup?: LookupFunction } {
  if (isForbidden(destination, allowed)) throw new ForbiddenAddress();
  return isAllowedHost(destination, allowed) ? {} : { lookup: lookUpPublic };
}
