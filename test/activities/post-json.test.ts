// Where a customer's URL may lead: the address a name has when it is connected to decides, for http and https alike.
import { Resolver } from 'node:dns/promises';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { postJson } from '../../activities/post-json.ts';

vi.mock('node:dns/promises', () => {
  const resolver = { resolve4: vi.fn(), resolve6: vi.fn() };
  return {
    Resolver: class {
      resolve4 = resolver.resolve4;
      resolve6 = resolver.resolve6;
    },
  };
});

const { resolve4, resolve6 } = vi.mocked(new Resolver());

const post = (url: string) => postJson(url, {}, '{}', []);

/** Every name has these addresses from now on. */
function resolveTo(...addresses: string[]): void {
  const answer = (found: string[]) => (found.length > 0 ? Promise.resolve(found) : Promise.reject(new Error('none')));
  resolve4.mockImplementation(() => answer(addresses.filter((address) => !address.includes(':'))) as never);
  resolve6.mockImplementation(() => answer(addresses.filter((address) => address.includes(':'))) as never);
}

beforeEach(() => {
  resolve4.mockReset();
  resolve6.mockReset();
});

describe.each(['http', 'https'])('a public-looking name over %s', (scheme) => {
  test.each([
    ['loopback', '127.0.0.1'],
    ['private', '10.1.2.3'],
    ['private', '192.168.0.1'],
    ['link-local, where clouds keep their metadata', '169.254.169.254'],
    ['carrier-grade', '100.64.0.1'],
    ['unspecified', '0.0.0.0'],
    ['multicast', '224.0.0.1'],
    ['benchmarking', '198.18.0.1'],
    ["a cloud's own", '168.63.129.16'],
    ['IPv6 loopback', '::1'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped metadata', '::ffff:a9fe:a9fe'],
    ['unique local', 'fd00::1'],
    ['IPv6 link-local', 'fe80::1'],
    ['site-local', 'fec0::1'],
    ['translated', '64:ff9b:1::1'],
  ])('that leads to a %s address is never connected to: %s', async (_, address) => {
    resolveTo(address);
    expect(await post(`${scheme}://receiver.example.com/hook`)).toEqual({ kind: 'failed', reason: 'forbiddenAddress' });
    expect([resolve4, resolve6].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  test('that leads to a public and a private address is not connected to', async () => {
    resolveTo('127.0.0.1', '203.0.114.7');
    expect(await post(`${scheme}://receiver.example.com/hook`)).toEqual({ kind: 'failed', reason: 'forbiddenAddress' });
  });

  test('that has no address is unreachable', async () => {
    resolveTo();
    expect(await post(`${scheme}://receiver.example.com/hook`)).toEqual({ kind: 'failed', reason: 'unreachable' });
  });
});

test.each([
  'https://localhost/',
  'https://receiver.localhost/',
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://2130706433/',
  'https://0x7f.1/',
])('an address that is none of the internet is never asked for nor connected to: %s', async (url) => {
  expect(await post(url)).toEqual({ kind: 'failed', reason: 'forbiddenAddress' });
  expect(resolve4).not.toHaveBeenCalled();
});
