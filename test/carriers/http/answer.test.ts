// What an answer means: the rules of the operator first, then the status of HTTP, and never an acceptance by accident.
import { describe, expect, test } from 'vitest';
import { acceptanceIn, fateIn, meaningOf } from '../../../carriers/http/answer.ts';
import { answerSettings, lookupAnswerSettings } from '../../../carriers/http/answer-settings.ts';

const sent = { reference: 'our-key', parts: 2 };
const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const read = (settings: object, ...of: Parameters<typeof answer>) =>
  acceptanceIn(answer(...of), answerSettings.parse(settings), sent);
interface Outcome {
  /** `accepted`, or of an error. */
  readonly name: string;
  readonly message: string;
  readonly retryAfterMs?: number;
}
const outcome = (settings: object, ...of: Parameters<typeof answer>): Outcome => {
  try {
    read(settings, ...of);
    return { name: 'accepted', message: '' };
  } catch (error) {
    return error as Error;
  }
};

describe('without rules', () => {
  test.each([
    [200, 'accepted'],
    [202, 'accepted'],
    [302, 'fault'],
    [400, 'rejected'],
    [401, 'fault'],
    [303, 'unknown'],
    [402, 'fault'],
    [403, 'fault'],
    [404, 'rejected'],
    [407, 'fault'],
    [408, 'unknown'],
    [409, 'rejected'],
    [422, 'rejected'],
    [429, 'unavailable'],
    [500, 'unknown'],
    [503, 'unknown'],
  ])('%i is %s', (status, meaning) => expect(meaningOf(status)).toBe(meaning));

  test('an acceptance has our key for its id, and the parts we count', () => {
    expect(read({}, 200, 'anything')).toEqual({ messageIds: ['our-key'], parts: 2 });
  });
});

describe('rules', () => {
  const rules = [
    { path: 'result', equals: [0, 'OK'], means: 'accepted' },
    { status: 200, path: 'result', equals: 9, means: 'unavailable', retryAfterSeconds: 5 },
    { status: [500, '4xx'], path: 'result', matches: '^1\\d\\d$', means: 'rejected' },
    { status: 500, path: 'result', exists: false, means: 'fault' },
    { status: 503, means: 'unavailable' },
  ];

  test.each<[string, number, unknown, string]>([
    ['a value that is equal', 200, { result: 0 }, 'accepted'],
    ['one of several', 200, { result: 'OK' }, 'accepted'],
    ['a status and a value', 200, { result: 9 }, 'CarrierUnavailable'],
    ['a status and a pattern', 500, { result: '101' }, 'CarrierRejected'],
    ['a hundred of statuses, and a number', 418, { result: 199 }, 'CarrierRejected'],
    ['nothing at a path', 500, { other: 1 }, 'CarrierFault'],
    ['an answer that cannot be read', 500, '<html>', 'CarrierFault'],
    ['a status alone', 503, '', 'CarrierUnavailable'],
  ])('go by %s', (_, status, body, expected) => {
    expect(outcome({ rules }, status, body).name).toBe(expected);
  });

  test('200 that no rule takes for an acceptance is unknown, where one says what an acceptance is', () => {
    expect(outcome({ rules }, 200, { result: 7 }).name).toBe('CarrierOutcomeUnknown');
    expect(outcome({ rules: rules.slice(1) }, 200, { result: 7 }).name).toBe('accepted');
  });

  test('the first that fits counts', () => {
    const both = [
      { status: 200, means: 'rejected' },
      { status: 200, means: 'accepted' },
    ];
    expect(outcome({ rules: both }, 200).name).toBe('CarrierRejected');
  });

  test('look at the whole text without a path', () => {
    const settings = {
      format: 'text',
      rules: [
        { matches: '^OK', means: 'accepted' },
        { equals: 'NO', means: 'rejected' },
      ],
    };
    expect(outcome(settings, 200, 'OK: 1').name).toBe('accepted');
    expect(outcome(settings, 200, ' NO\n').name).toBe('CarrierRejected');
  });
});

describe('an acceptance', () => {
  const places = { messageId: ['id', 'ids'], parts: 'parts', cost: 'cost' };

  test('has id, parts and cost from where they stand', () => {
    expect(read(places, 200, { id: 'm1', parts: '3', cost: '0.0075' })).toEqual({
      messageIds: ['m1'],
      parts: 3,
      cost: 7500,
    });
    expect(read(places, 200, '{"id": 12345678901234567890, "cost": 0}')).toMatchObject({
      messageIds: ['12345678901234567890'],
      cost: 0,
    });
  });

  test.each([
    [{ parts: 0, cost: -1 }],
    [{ parts: 'many', cost: 'free' }],
    [{ parts: 1.5, cost: 1e40 }],
    [{ id: {} }],
    [{ id: 'm'.repeat(201) }],
  ])('goes by what we know where the answer says %j', (body) =>
    expect(read(places, 200, body)).toEqual({ messageIds: ['our-key'], parts: 2 }),
  );

  test('of a text has them from the groups of its pattern', () => {
    const settings = { ...places, format: 'text', pattern: '^OK:(?<id>[^:]+):(?<cost>.*)$' };
    expect(read(settings, 200, 'OK:5f3a:0.07')).toEqual({ messageIds: ['5f3a'], parts: 2, cost: 70_000 });
  });
});

describe('a refusal', () => {
  test('has its status, and beside it what the gateway said, which others make fit to be shown', () => {
    const settings = { code: ['error.code', 'error'], words: 'error.text' };
    const error = outcome(settings, 400, { error: { code: 'E-17', text: 'No such sender' } });
    expect(error).toMatchObject({
      message: 'the gateway refused the message (HTTP 400)',
      said: { code: 'E-17', words: 'No such sender' },
    });
  });

  test.each([
    ['7', 7_000],
    [' 0 ', 5_000],
    ['soon', 5_000],
  ])('for now with Retry-After %j is tried again after %i ms', (value, ms) => {
    const settings = { rules: [{ status: 429, means: 'unavailable', retryAfterSeconds: 5 }] };
    expect(outcome(settings, 429, '', { 'Retry-After': value }).retryAfterMs).toBe(ms);
  });

  test('for now until a date is tried again then; without a word, after 2 s', () => {
    const date = new Date(Date.now() + 30_000).toUTCString();
    expect(outcome({}, 429, '', { 'Retry-After': date }).retryAfterMs).toBeGreaterThan(20_000);
    expect(outcome({}, 429).retryAfterMs).toBe(2_000);
  });
});

describe('a look-up', () => {
  const settings = lookupAnswerSettings.parse({
    messageId: 'id',
    rules: [
      { status: 200, path: 'id', exists: true, means: 'accepted' },
      { status: 404, path: 'code', equals: 'NEVER', means: 'notSent' },
    ],
  });

  test.each<[number, unknown, unknown]>([
    [200, { id: 'm1' }, { messageIds: ['m1'], parts: 2 }],
    [404, { code: 'NEVER' }, 'notSent'],
    [404, '', 'unknown'],
    [200, {}, 'unknown'],
    [401, { id: 'm1' }, 'unknown'],
    [500, '', 'unknown'],
  ])('is certain only where a rule is: %i %j', (status, body, fate) => {
    expect(fateIn(answer(status, body), settings, sent)).toEqual(fate);
  });
});
