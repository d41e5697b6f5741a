// Which callback URLs are kept: those that can be called at all. Where a name leads is judged again whenever it is called.
import { type CallbackAllowList, callbackUrlProblem } from '../domain/callback-url.ts';
import { isForbiddenHost } from '../egress/addresses.ts';
import { destinationOf, isAllowedHost } from '../egress/allowed-hosts.ts';

/** Names that the public DNS never has: of home and company networks (RFC 6762, 8375, ICANN), of examples and errors (RFC 6761). */
const privateName = /(^|\.)(local|internal|intranet|lan|home|corp|home\.arpa|test|invalid|example|onion)\.?$/i;

/** A sentence that says what is wrong with a callback URL that is to be kept, or undefined. */
export function keptCallbackUrlProblem(text: string, allowed: CallbackAllowList): string | undefined {
  const problem = callbackUrlProblem(text, allowed);
  if (problem !== undefined) return problem;
  const destination = destinationOf(new URL(text));
  const { host, port } = destination;
  if (isAllowedHost(destination, allowed) || !cannotBeReached(host)) return undefined;
  return `must lead to a public address, else it is never called, unless CALLBACK_ALLOWED_HOSTS names ${host}:${port}`;
}

/** Special addresses, and names that only a network of one's own knows; one without a dot is such, too. */
function cannotBeReached(host: string): boolean {
  if (host.startsWith('[')) return isForbiddenHost(host);
  return isForbiddenHost(host) || privateName.test(host) || !/[^.]\.[^.]/.test(host);
}
