// Which callback URLs are kept: those that can be called at all. Where a name leads is judged again whenever it is called.
import { type CallbackAllowList, callbackUrlProblem } from '../domain/callback-url.ts';
import { isForbiddenHost } from '../egress/addresses.ts';
import { destinationOf, isAllowedHost } from '../egress/allowed-hosts.ts';

/**
 * Names that the public DNS never has: of home and company networks (RFC 6762, 8375, ICANN), of addresses written backwards, of
 * examples and errors (RFC 6761), of other systems of names (RFC 9476).
 */
const privateName =
  /(^|\.)(local|localdomain|internal|intranet|private|lan|home|corp|arpa|test|invalid|example|onion|alt)\.?$/i;
/** Two labels at least, none empty or too long for the DNS (RFC 1035). */
const publicName = /^([^.]{1,63}\.)+[^.]{1,63}\.?$/;
const LONGEST_NAME = 254;

/** A sentence that says what is wrong with a callback URL that is to be kept, or undefined. */
export function keptCallbackUrlProblem(text: string, allowed: CallbackAllowList): string | undefined {
  const problem = callbackUrlProblem(text, allowed);
  if (problem !== undefined) return problem;
  const destination = destinationOf(new URL(text));
  const { host, port } = destination;
  if (isAllowedHost(destination, allowed) || !cannotBeReached(host)) return undefined;
  return `must lead to a public address, else it is never called, unless CALLBACK_ALLOWED_HOSTS names ${host}:${port}`;
}

/** Special addresses, and names that only a network of one's own knows, or nobody; one without a dot is such, too. */
function cannotBeReached(host: string): boolean {
  if (host.startsWith('[')) return isForbiddenHost(host);
  return isForbiddenHost(host) || privateName.test(host) || host.length > LONGEST_NAME || !publicName.test(host);
}
