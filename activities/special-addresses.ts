// Addresses that are unicast by the book and yet nobody's receiver: benchmark nets, old and translated ranges, a cloud's own.
import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const special = new BlockList();
// RFC 2544 benchmarking; Azure's wire server, which hands out secrets of the host.
special.addSubnet('198.18.0.0', 15, 'ipv4');
special.addAddress('168.63.129.16', 'ipv4');
// IPv4-compatible (RFC 4291), local-use translation (RFC 8215), site-local (RFC 3879).
special.addSubnet('::', 96, 'ipv6');
special.addSubnet('64:ff9b:1::', 48, 'ipv6');
special.addSubnet('fec0::', 10, 'ipv6');

export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/** True for a literal address of these ranges; private ones are the filtering agent's business. */
export function isSpecial(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && special.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** A name server that says nothing is waited for so long, in milliseconds. */
const NAME_TIMEOUT_MS = 1_500;

/** Looks a name up in the DNS, and fails when any of its addresses is special. */
export const lookUpAllowed: LookupFunction = (hostname, options, done) => {
  addressesOf(hostname).then(
    (addresses) => {
      if (addresses.some(({ address }) => isSpecial(address))) return done(new ForbiddenAddress(), []);
      if (options.all) return done(null, addresses);
      const [first] = addresses;
      return first ? done(null, first.address, first.family) : done(new ForbiddenAddress(), []);
    },
    (error) => done(error, []),
  );
};

/**
 * Not `dns.lookup`: that one waits in a thread of the process, of which there are few, so that some names whose servers are
 * silent would hold up every other receiver. @throws Error when the name has no address.
 */
async function addressesOf(hostname: string): Promise<LookupAddress[]> {
  // RFC 6761: such names are this machine, whatever a server says.
  if (/(^|\.)localhost\.?$/i.test(hostname)) throw new ForbiddenAddress();
  const resolver = new Resolver({ timeout: NAME_TIMEOUT_MS, tries: 1 });
  const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const found = [
    ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
    ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (found.length === 0) throw new Error('The name has no address');
  return found;
}
