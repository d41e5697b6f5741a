// Looks names up where a connection is about to be made, and takes no answer that leads anywhere but to the public internet.
import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { ForbiddenAddress, isForbiddenHost, isPublicAddress } from './addresses.ts';

/** A name server that says nothing is asked twice, waited for so long and then twice as long; in milliseconds. */
const NAME_TIMEOUT_MS = 600;
const NAME_TRIES = 2;

/** Looks a name up in the DNS, and fails when any of its addresses is not public. */
export const lookUpPublic: LookupFunction = (hostname, options, done) => {
  addressesOf(hostname).then(
    (addresses) => {
      if (!addresses.every(({ address }) => isPublicAddress(address))) return done(new ForbiddenAddress(), []);
      if (options.all) return done(null, addresses);
      const [first] = addresses;
      return first ? done(null, first.address, first.family) : done(new ForbiddenAddress(), []);
    },
    (error) => done(error, []),
  );
};

/**
 * Not `dns.lookup`: that one waits in a thread of the process, of which there are few, so that some names whose servers are
 * silent would hold up everybody else. @throws Error when the name has no address.
 */
async function addressesOf(hostname: string): Promise<LookupAddress[]> {
  if (isForbiddenHost(hostname)) throw new ForbiddenAddress();
  const resolver = new Resolver({ timeout: NAME_TIMEOUT_MS, tries: NAME_TRIES });
  const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const found = [
    ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
    ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (found.length === 0) throw Object.assign(new Error('The name has no address'), { code: 'ENOTFOUND' });
  return found;
}
