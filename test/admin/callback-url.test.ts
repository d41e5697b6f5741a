// Callback URLs that are refused when they are saved, since they can never be called.
import { expect, test } from 'vitest';
import { keptCallbackUrlProblem } from '../../admin/callback-url.ts';

test.each([
  'https://10.0.0.1/',
  'https://172.16.9.9/hook',
  'http://192.168.1.1',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://169.254.169.254/latest/meta-data',
  'https://100.64.0.1/',
  'https://0.0.0.0/',
  'https://168.63.129.16/',
  'https://224.0.0.1/',
  'https://[::1]/',
  'https://[::]/',
  'https://[fe80::1]/',
  'https://[fd00::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[64:ff9b::a00:1]/',
  'https://[64:ff9b:1::1]/',
  'https://[2002:a00:1::1]/',
  'https://[2001:db8::1]/',
  'https://localhost/',
  'https://LOCALHOST./',
  'https://shop.localhost/',
  'https://printer.local/',
  'https://printer.local./',
  'https://hooks.svc.cluster.local/',
  'https://metadata.google.internal/',
  'https://router.lan/',
  'https://nas.home.arpa/',
  'https://hooks.example/',
  'https://intranet/',
  'https://db./',
  'https://hooks.private/',
  'https://box.localdomain/',
  'https://1.0.0.10.in-addr.arpa/',
  'https://wallet.alt/',
  'https://a..example.com/',
  'https://.example.com/',
  `https://${'a'.repeat(64)}.example.com/`,
  `https://${'a.'.repeat(125)}example.com/`,
])('%s leads nowhere public', (url) => {
  expect(keptCallbackUrlProblem(url, [])).toContain('CALLBACK_ALLOWED_HOSTS');
});

test.each([
  ['https://10.0.0.1/', '10.0.0.1:443'],
  ['http://10.0.0.1:8080/hook', '10.0.0.1:8080'],
  ['https://[fd00::1]/', '[fd00::1]:443'],
  ['http://hooks.svc.cluster.local/', 'hooks.svc.cluster.local:80'],
  ['https://intranet/', 'INTRANET:443'],
])('%s is taken where %s is allowed, and not for another port', (url, allowed) => {
  expect(keptCallbackUrlProblem(url, [allowed])).toBeUndefined();
  expect(keptCallbackUrlProblem(url, [allowed.replace(/\d+$/, '9')])).toBeDefined();
});

test.each([
  'https://example.com/hook',
  'http://hooks.shop.gr/',
  'https://8.8.8.8/',
  'https://[2606:4700::1111]/',
  'https://local.example.com/',
  'https://internal-hooks.com/',
  'https://xn--mnchen-3ya.de/',
  'https://home.co/',
  'https://private.example.com./hook',
  `https://${'a'.repeat(63)}.example.com/`,
  `https://${'a.'.repeat(120)}example.com/`,
])('%s is kept', (url) => {
  expect(keptCallbackUrlProblem(url, [])).toBeUndefined();
});

test.each(['ftp://example.com', 'https://u:p@example.com', 'https://example.com:8443', 'nonsense'])(
  '%s is refused for what it is',
  (url) => {
    expect(keptCallbackUrlProblem(url, [])).toMatch(/^must/);
  },
);
