// The one rule for where requests of ours may lead: addresses of the public internet, and no others unless an operator allows them.
import { BlockList, isIP } from 'node:net';

/** Not of the internet, by IANA's registry of special addresses (RFC 6890 and its followers). */
const special4 = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special4.addSubnet(net, bits, 'ipv4');
}
// Azure's wire server, public by the book, hands out secrets of the host.
special4.addAddress('168.63.129.16', 'ipv4');

/** All that is of the internet: what is mapped, translated, local or undefined lies outside. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
/** Within it: protocols' own with Teredo, documentation, 6to4, which holds an address of IPv4. */
const special6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special6.addSubnet(net, bits, 'ipv6');
}

/** Nothing was connected to. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
  readonly code = 'FORBIDDEN_ADDRESS';
}

/** True for an address of the public internet; false for any other, and for what is no address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special4.check(address, 'ipv4');
    case 6:
      return !address.includes('%') && global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
    default:
      return false;
  }
}

/**
 * True for the host of a URL that can lead nowhere public whatever the DNS says: a special address, however it is written, or a
 * name of this machine (RFC 6761). Where other names lead is known once they are looked up.
 * @param hostname as `URL` has it: IPv6 with or without its brackets
 */
export function isForbiddenHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return !isPublicAddress(host);
  if (/(^|\.)localhost\.?$/i.test(host)) return true;
  // `127.1`, `0x7f.0.0.1` and `2130706433` are addresses to a resolver, and to `URL`.
  if (!/^(0x[\da-f]*|\d+)(\.(0x[\da-f]*|\d+)){0,3}\.?$/i.test(host)) return false;
  return !URL.canParse(`http://${host}/`) || !isPublicAddress(new URL(`http://${host}/`).hostname);
}
