// Operators: when a token counts, and that nobody hands on more, or for longer, than he has.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grantedUntil, isScope, lackingScopes, operatorState, scopes } from '../../domain/operator.ts';

const at = (ms: number) => new Date(ms);

describe('a token', () => {
  test.each([
    ['without an end counts', {}, 'active'],
    ['counts until the very instant it ends', { expiresAt: at(1_001) }, 'active'],
    ['ends at its instant', { expiresAt: at(1_000) }, 'expired'],
    ['once revoked never counts', { revokedAt: at(5_000) }, 'revoked'],
    ['that ended and was revoked is revoked', { expiresAt: at(1), revokedAt: at(2) }, 'revoked'],
  ] as const)('%s', (_what, operator, state) => {
    expect(operatorState(operator, 1_000)).toBe(state);
  });
});

describe('what is handed on', () => {
  test('is never a scope that the grantor lacks', () => {
    const some = fc.uniqueArray(fc.constantFrom(...scopes));
    fc.assert(
      fc.property(some, some, (own, asked) => {
        const lacking = lackingScopes({ scopes: own }, asked);
        const granted = asked.filter((scope) => !lacking.includes(scope));
        expect(granted.every((scope) => own.includes(scope))).toBe(true);
        expect(lacking.some((scope) => own.includes(scope))).toBe(false);
      }),
    );
  });

  test.each([
    ['for ever by one who may for ever', undefined, undefined, undefined],
    ['until the time asked for', undefined, at(5), at(5)],
    ['until the end of the grantor where none is asked for', at(9), undefined, at(9)],
    ['until a time before that', at(9), at(8), at(8)],
    ['until that very time', at(9), at(9), at(9)],
    ['never for longer', at(9), at(10), 'tooLong'],
  ] as const)('lasts %s', (_what, own, asked, granted) => {
    expect(grantedUntil({ scopes: [], expiresAt: own }, asked)).toEqual(granted);
  });
});

test('a scope is one of the list and nothing that every object has', () => {
  expect(scopes.every(isScope)).toBe(true);
  expect(['', 'constructor', 'accounts', 'accounts:*', 'ACCOUNTS:READ'].some(isScope)).toBe(false);
});
