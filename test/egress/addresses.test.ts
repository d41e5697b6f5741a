// Where requests of ours may lead: every kind of special address, however it is written, and the public ones beside them.
import { describe, expect, test } from 'vitest';
import { isForbiddenHost, isPublicAddress } from '../../egress/addresses.ts';

const notPublic: Readonly<Record<string, readonly string[]>> = {
  'this machine': ['127.0.0.1', '127.255.255.254', '::1'],
  unspecified: ['0.0.0.0', '0.1.2.3', '::'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.255.1', 'fc00::1', 'fdff::1'],
  'link-local, where clouds keep their metadata': ['169.254.169.254', '169.254.170.2', 'fe80::1', 'fe80::1%eth0'],
  'a cloud’s own': ['168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254'],
  'carrier-grade': ['100.64.0.1', '100.127.255.255'],
  'benchmarking, documentation, translation': ['198.18.0.1', '192.0.2.1', '198.51.100.7', '203.0.113.9', '2001:db8::1'],
  multicast: ['224.0.0.1', '239.1.2.3', 'ff02::1'],
  'reserved or broadcast': ['240.0.0.1', '255.255.255.255', '192.88.99.1', '3fff::1'],
  'of IPv4 inside': [
    '::ffff:8.8.8.8',
    '::ffff:a9fe:a9fe',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
  ],
  'tunnelled or site-local': ['2001::1', '2001:10::1', 'fec0::1'],
  'no address': ['', 'localhost', '1.2.3', '8.8.8.8 ', '[::1]'],
};

describe.each(Object.entries(notPublic))('an address that is %s is not public', (_, addresses) => {
  test.each(addresses)('%s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '172.32.0.1',
  '100.128.0.1',
  '169.253.0.1',
  '198.20.0.1',
  '223.255.255.255',
  '2a00:1450::1',
  '2606:4700::1111',
  '2001:4860:4860::8888',
])('an address of the internet is public: %s', (address) => {
  expect(isPublicAddress(address)).toBe(true);
  expect(isForbiddenHost(address)).toBe(false);
});

test.each([
  'localhost',
  'LOCALHOST.',
  'api.localhost',
  '127.0.0.1',
  '[::1]',
  '[fe80::1]',
  '127.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '10.1',
  '0',
  '999.1.1.1',
])('a host that can lead nowhere public is forbidden before it is looked up: %s', (host) => {
  expect(isForbiddenHost(host)).toBe(true);
});

test.each(['api.twilio.com', 'localhost.example.com', '10.example', 'xn--bcher-kva.example', '134744072', '[2a00::1]'])(
  'a host that may be public is judged once it is looked up: %s',
  (host) => {
    expect(isForbiddenHost(host)).toBe(false);
  },
);
