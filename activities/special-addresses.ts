// Addresses that are unicast by the book and yet nobody's receiver: benchmark nets, old and translated ranges, a cloud's own.
import { type LookupAddress, lookup } from 'node:dns';
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

/** Looks a name up as usual, and fails when any of its addresses is special. */
export const lookUpAllowed: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return done(error, []);
    if (addresses.some(({ address }) => isSpecial(address))) return done(new ForbiddenAddress(), []);
    if (options.all) return done(null, addresses);
    const [first] = addresses;
    return first ? done(null, first.address, first.family) : done(new ForbiddenAddress(), []);
  });
};
