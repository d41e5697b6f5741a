// Access tokens: what was signed is read again, and every other text is nobody.
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { signToken, verifyToken } from '../../secrets/access-token.ts';
import { fixedKeySet, fixedRing } from '../support/key-rings.ts';

const ring = fixedRing('k1');
const key = fixedKeySet('k1');
const claims = { applicationId: 'app-1', accountId: 'account-1', epoch: 3, secretId: 'abc123abc123' };
const now = () => Math.floor(Date.now() / 1000);

/** A token that only differs from ours where the test says so. */
const forged = (changes: {
  alg?: string;
  kid?: string | undefined;
  aud?: string;
  exp?: number;
  sub?: string;
  epoch?: unknown;
  secret?: Buffer;
}) => {
  const { alg = 'HS256', kid = 'k1', aud = 'twostep:2step', exp = 60, sub = 'app-1', epoch = 3 } = changes;
  return new SignJWT({ acc: 'account-1', epoch, sec: 'abc123abc123' })
    .setIssuedAt()
    .setProtectedHeader({ alg, ...('kid' in changes && changes.kid === undefined ? {} : { kid }) })
    .setSubject(sub)
    .setAudience(aud)
    .setExpirationTime(Math.floor(Date.now() / 1000) + exp)
    .sign(changes.secret ?? key.token);
};

describe('a token', () => {
  test('is read as the claims it was signed with', async () => {
    expect(await verifyToken(ring, await signToken(ring, claims, 60))).toEqual(claims);
    expect(await verifyToken(ring, await forged({}))).toEqual(claims);
  });

  test('has one algorithm, a key id, an audience and its lifetime, and holds no colon', async () => {
    const token = await signToken(ring, claims, 3600);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', kid: 'k1' });
    const { aud, iat = 0, exp = 0 } = decodeJwt(token);
    expect(aud).toBe('twostep:2step');
    expect(exp - iat).toBeGreaterThanOrEqual(3599);
    expect(exp - iat).toBeLessThanOrEqual(3601);
    expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
  });

  test('stays good after its key was rotated away from the front, and ends when the key leaves the ring', async () => {
    const token = await signToken(ring, claims, 60);
    expect(await verifyToken(fixedRing('k2', 'k1'), token)).toEqual(claims);
    expect(await verifyToken(fixedRing('k2'), token)).toBeUndefined();
  });
});

/** Everything a token must say, each of which is left out once. */
const whole = () => ({
  sub: 'app-1',
  acc: 'account-1',
  epoch: 3,
  sec: 'abc123abc123',
  aud: 'twostep:2step',
  iat: now(),
  exp: now() + 60,
});
const signed = (payload: JWTPayload) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(key.token);

describe('of a token signed with our own key', () => {
  test('every claim counts: with all of them it is good', async () => {
    expect(await verifyToken(ring, await signed(whole()))).toEqual(claims);
  });

  test.each(['exp', 'iat', 'sub', 'acc', 'epoch', 'sec', 'aud'])('without %s it is nobody', async (claim) => {
    const payload = Object.fromEntries(Object.entries(whole()).filter(([name]) => name !== claim));
    expect(await verifyToken(ring, await signed(payload))).toBeUndefined();
  });

  test.each<[string, JWTPayload]>([
    ['an end that is text', { exp: '9999999999' as unknown as number }],
    ['an end that is null', { exp: null as unknown as number }],
    ['a secret that is a number', { sec: 7 }],
    ['a secret that is null', { sec: null }],
    ['a list of audiences without ours', { aud: ['a', 'b'] }],
  ])('with %s it is nobody', async (_, changes) => {
    expect(await verifyToken(ring, await signed({ ...whole(), ...changes }))).toBeUndefined();
  });
});

describe('a life of', () => {
  test.each([60, 3_600, 86_400, 31_536_000, 631_139_040])('%i s is in the token whole', async (seconds) => {
    const token = await signToken(ring, claims, seconds);
    const { iat = 0, exp = 0 } = decodeJwt(token);
    expect(exp - iat).toBeGreaterThanOrEqual(seconds - 1);
    expect(exp - iat).toBeLessThanOrEqual(seconds + 1);
    expect(await verifyToken(ring, token)).toEqual(claims);
  });
});

describe('nobody is who shows', () => {
  test.each([
    ['an expired token', () => signToken(ring, claims, -1)],
    [
      'a token with alg none',
      async () =>
        new UnsecuredJWT({ acc: 'account-1', epoch: 3 })
          .setSubject('app-1')
          .setAudience('twostep:2step')
          .setExpirationTime('1m')
          .encode(),
    ],
    ['a token with another algorithm', () => forged({ alg: 'HS512' })],
    ['a token for another audience', () => forged({ aud: 'twostep:console' })],
    ['a token of an unknown key', () => forged({ kid: 'k9' })],
    ['a token without key id', () => forged({ kid: undefined })],
    ['a token signed by a key of another purpose', () => forged({ secret: key.digest })],
    ['a token with an epoch that is no number', () => forged({ epoch: '3' })],
    ['no token', async () => ''],
    ['text', async () => 'a.b.c'],
  ])('%s', async (_what, make) => expect(await verifyToken(ring, await make())).toBeUndefined());

  test('a token whose header says alg none but keeps key id and signature', async () => {
    const [, payload, signature] = (await signToken(ring, claims, 60)).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid: 'k1' })).toString('base64url');
    expect(await verifyToken(ring, `${header}.${payload}.${signature}`)).toBeUndefined();
    expect(await verifyToken(ring, `${header}.${payload}.`)).toBeUndefined();
  });

  test('a token with another payload under the same signature', async () => {
    const [header, , signature] = (await signToken(ring, claims, 60)).split('.');
    const [, payload] = (await signToken(ring, { ...claims, accountId: 'account-2' }, 60)).split('.');
    expect(await verifyToken(ring, `${header}.${payload}.${signature}`)).toBeUndefined();
  });
});
