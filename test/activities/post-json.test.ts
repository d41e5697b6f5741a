// Where a customer's URL may lead: the address a name has when it is connected to decides, for http and https alike.
import { type LookupAddress, lookup } from 'node:dns';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { postJson } from '../../activities/post-json.ts';

vi.mock('node:dns', async (original) => ({ ...(await original<object>()), lookup: vi.fn() }));

const post = (url: string) => postJson(url, {}, '{}', []);

/** Every name has these addresses from now on. */
function resolveTo(...addresses: string[]): void {
  const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const answer = (_: string, __: object, done: (error: null, found: LookupAddress[]) => void) => done(null, found);
  vi.mocked(lookup).mockImplementation(answer as never);
}

beforeEach(() => {
  vi.mocked(lookup).mockReset();
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
    expect(lookup).toHaveBeenCalledTimes(1);
  });

  test('that leads to a public and a private address is not connected to', async () => {
    resolveTo('127.0.0.1', '203.0.114.7');
    expect(await post(`${scheme}://receiver.example.com/hook`)).toEqual({ kind: 'failed', reason: 'forbiddenAddress' });
  });

  test('that has no address is unreachable', async () => {
    vi.mocked(lookup).mockImplementation(((_: string, __: object, done: (error: Error) => void) =>
      done(new Error('ENOTFOUND'))) as never);
    expect(await post(`${scheme}://receiver.example.com/hook`)).toEqual({ kind: 'failed', reason: 'unreachable' });
  });
});

test.each([
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://2130706433/',
  'https://0x7f.1/',
])('a literal address is judged as it is: %s', async (url) => {
  expect(await post(url)).toEqual({ kind: 'failed', reason: 'forbiddenAddress' });
  expect(lookup).not.toHaveBeenCalled();
});
