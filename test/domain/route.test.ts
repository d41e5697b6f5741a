// Which route a number takes, and from which of its steps a send walks.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownSender, type RouteStep, routeId, routeIds, stepsFor } from '../../domain/route.ts';

describe('a number', () => {
  test('is looked for under the application before all, and by longest prefix, country, everywhere', () => {
    expect(routeIds('app', 'GB', '+447')).toEqual([
      'app:+447',
      'app:+44',
      'app:+4',
      'app:GB',
      'app:*',
      '*:+447',
      '*:+44',
      '*:+4',
      '*:GB',
      '*:*',
    ]);
  });

  test('finds every route made for its application, country or prefix, and each once', () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{6,14}$/);
    fc.assert(
      fc.property(digits, fc.nat(14), (number, length) => {
        const ids = routeIds('app', 'GB', `+${number}`);
        expect(new Set(ids).size).toBe(ids.length);
        const prefix = `+${number.slice(0, length + 1)}`;
        for (const place of [{ prefix }, { country: 'GB' }, {}]) {
          expect(ids).toContain(routeId(place));
          expect(ids).toContain(routeId({ ...place, applicationId: 'app' }));
        }
      }),
    );
  });
});

test('a send walks from the first step of its method on, whatever the methods after it', () => {
  const step = (carrier: string, method: RouteStep['method']): RouteStep => ({ carrier, method });
  const steps = [step('a', 'sms'), step('b', 'voice'), step('c', 'sms')];
  const names = (method: RouteStep['method']) => stepsFor(steps, method).map(({ carrier }) => carrier);
  expect(names('sms')).toEqual(['a', 'b', 'c']);
  expect(names('voice')).toEqual(['b', 'c']);
  expect(stepsFor([step('a', 'sms')], 'voice')).toEqual([]);
});

test('each step says who it is from once the routes name a sender anywhere, and none does where they do not', () => {
  const [plain, own] = [
    { carrier: 'a', method: 'sms' },
    { carrier: 'b', method: 'voice', originator: '12025550123' },
  ] as const;
  const routes = { sms: [plain, own], voice: [own] };
  expect(ownSender(routes, plain, 'Acme')).toEqual({ originator: 'Acme' });
  expect(ownSender(routes, own, 'Acme')).toEqual({ originator: '12025550123' });
  expect(ownSender({ sms: [plain] }, plain, 'Acme')).toEqual({});
});
