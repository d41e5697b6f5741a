// One attempt to send a code: what each answer of a carrier means, and what the next attempt makes of it.
import type { Info } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { describe, expect, test, vi } from 'vitest';
import type { Acceptances } from '../../activities/acceptances.ts';
import { createDeliveryActivities, type SendRequest } from '../../activities/deliveries.ts';
import {
  type Acceptance,
  type Carrier,
  CarrierFault,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
  type OutgoingMessage,
  type SendInDoubt,
} from '../../carriers/carrier.ts';
import { withCircuit } from '../../carriers/circuit.ts';
import { sendFailure } from '../../domain/delivery.ts';
import { deriveCode } from '../../secrets/code.ts';
import type { SendJournal } from '../../store/send-journal.ts';
import { fixedRing } from '../support/key-rings.ts';
import { memoryJournal } from '../support/memory-journal.ts';

const isAnothers = async () => false;

const ring = fixedRing('k1');
const code = { seed: '00112233445566778899aabbccddeeff', trackingId: 'tracking', generation: 1, digits: 6 };
const digits = deriveCode(ring.maker, code);
const acceptance: Acceptance = { messageIds: ['m1'], parts: 1 };
const RECIPIENT = '+306948530920';
/** Failed attempts are logged as warnings, which here are the story. */
const logger = new DefaultLogger('ERROR');

const request = (changes: Partial<SendRequest> = {}): SendRequest => ({
  idempotencyKey: 'tracking:send:1',
  accountId: 'account',
  recipient: RECIPIENT,
  originator: 'Twostep',
  method: 'sms',
  segments: [{ text: 'Code ' }, { code: true }, { text: ', again: ' }, { code: true }],
  parts: 1,
  code,
  keyId: 'k1',
  validUntil: Date.now() + 60_000,
  failover: false,
  ...changes,
});

const noAcceptances: Acceptances = { recall: async () => undefined, remember: async () => undefined };

type Answer<T> = T | Error;
const given = <T>(answer: Answer<T>): T => {
  if (answer instanceof Error) throw answer;
  return answer;
};

/** A carrier that answers as told, one answer per call, and remembers what it was asked; without look-ups it has none. */
function fakeCarrier(sends: Answer<Acceptance>[], lookups?: Answer<Acceptance | 'notSent' | 'unknown'>[]) {
  const sent: { message: OutgoingMessage; idempotencyKey: string }[] = [];
  const asked: SendInDoubt[] = [];
  const carrier: Carrier = {
    name: 'fake',
    receipts: false,
    async send(message, idempotencyKey) {
      sent.push({ message, idempotencyKey });
      return given(sends.shift() ?? new Error('one send too many'));
    },
    ...(lookups && {
      async lookup(question) {
        asked.push(question);
        return given(lookups.shift() ?? new Error('one look-up too many'));
      },
    }),
  };
  return { carrier, sent, asked };
}

/** One attempt: what it returned or threw, and its last heartbeat, which is what the next attempt is given. */
async function attempt(
  carrier: Carrier,
  info: Partial<Info> = {},
  asked = request(),
  acceptances: Acceptances = noAcceptances,
  journal: SendJournal = memoryJournal((info.attempt ?? 1) - 1),
) {
  const environment = new MockActivityEnvironment({ attempt: 1, ...info }, { logger });
  let heartbeatDetails: unknown;
  environment.on('heartbeat', (details: unknown) => {
    heartbeatDetails = details;
  });
  const { sendCode } = createDeliveryActivities(carrier, { journal, ring, acceptances, isAnothers });
  try {
    return { accepted: await environment.run(sendCode, asked), heartbeatDetails };
  } catch (failure) {
    if (!(failure instanceof ApplicationFailure)) throw failure;
    const { type, nonRetryable, message, nextRetryDelay } = failure;
    const delay = nextRetryDelay === undefined || nextRetryDelay === null ? {} : { nextRetryDelay };
    return { failure: { type, nonRetryable, message, ...delay }, heartbeatDetails };
  }
}

const unavailable = () => new CarrierUnavailable('busy');
const unknown = () => new CarrierOutcomeUnknown('no answer');

describe('a first attempt', () => {
  test('that the carrier accepts returns the acceptance, without a question before', async () => {
    const fake = fakeCarrier([acceptance], []);
    expect(await attempt(fake.carrier)).toEqual({ accepted: acceptance, heartbeatDetails: undefined });
    expect(fake.asked).toEqual([]);
  });

  test('hands over the text with the code in every place, the life left in seconds, and the key', async () => {
    const fake = fakeCarrier([acceptance]);
    const restrictions = { contentTemplateId: '1' };
    await attempt(fake.carrier, {}, request({ validUntil: Date.now() + 59_500, restrictions }));
    expect(fake.sent).toEqual([
      {
        idempotencyKey: 'tracking:send:1',
        message: {
          trackingId: 'tracking',
          accountId: 'account',
          recipient: RECIPIENT,
          originator: 'Twostep',
          method: 'sms',
          text: `Code ${digits}, again: ${digits}`,
          parts: 1,
          validForSeconds: expect.toSatisfy((seconds) => [58, 59, 60].includes(seconds)),
          attempt: 1,
          restrictions,
        },
      },
    ]);
  });

  test.each([
    [{ silent: true }, { silent: true }],
    [{ receiptsSpeakFor: 'message' }, { receiptsFor: 'message' }],
    [{ receiptsSpeakFor: 'part' }, { receiptsFor: 'part' }],
    [{}, {}],
  ] as const)('by a carrier of %o tells so of its receipts, through its circuit: %o', async (what, told) => {
    const carrier = withCircuit({ ...fakeCarrier([acceptance]).carrier, ...what }, () => undefined);
    expect((await attempt(carrier)).accepted).toEqual({ ...acceptance, ...told });
  });

  test('has a validity of at least a second, rounded up, while any life is left', async () => {
    const fake = fakeCarrier([acceptance]);
    const { accepted } = await attempt(fake.carrier, {}, request({ validUntil: Date.now() + 900 }));
    expect(accepted).toEqual(acceptance);
    expect(fake.sent[0]?.message.validForSeconds).toBe(1);
  });

  test('that is rejected is not repeated, and leaves no doubt behind', async () => {
    const fake = fakeCarrier([new CarrierRejected('no such number')], []);
    expect((await attempt(fake.carrier)).failure).toEqual({
      type: sendFailure.rejected,
      nonRetryable: true,
      message: 'no such number',
    });
  });

  test.each([
    ['with a look-up is repeated', [], false],
    ['without a look-up is not repeated', undefined, true],
  ])('of unknown outcome on a carrier %s', async (_, lookups, nonRetryable) => {
    const { failure, heartbeatDetails } = await attempt(fakeCarrier([unknown()], lookups).carrier);
    expect(failure).toEqual({ type: sendFailure.unknown, nonRetryable, message: 'no answer' });
    expect(heartbeatDetails).toMatchObject({ surelyNotSent: false });
  });

  test.each([
    ['with a look-up', [], false],
    ['without a look-up', undefined, true],
  ])('with an unforeseen error %s counts as unknown, and its message does not travel', async (_, lookups, final) => {
    const fake = fakeCarrier([new TypeError(`cannot send to ${RECIPIENT}`)], lookups);
    const { failure, heartbeatDetails } = await attempt(fake.carrier);
    const message = 'the carrier code failed unexpectedly';
    expect(failure).toEqual({ type: sendFailure.unknown, nonRetryable: final, message });
    expect(heartbeatDetails).toMatchObject({ surelyNotSent: false });
  });

  test('on a worker without the key of the code is repeated, and sends nothing', async () => {
    const fake = fakeCarrier([acceptance]);
    const { failure } = await attempt(fake.carrier, {}, request({ keyId: 'k2' }));
    expect(failure).toMatchObject({ type: sendFailure.ownTrouble, nonRetryable: false });
    expect(fake.sent).toEqual([]);
  });

  test('after the end of its life is too late for good, and sends nothing', async () => {
    const fake = fakeCarrier([acceptance]);
    const { failure } = await attempt(fake.carrier, {}, request({ validUntil: Date.now() - 1 }));
    expect(failure).toMatchObject({ type: sendFailure.tooLate, nonRetryable: true });
    expect(fake.sent).toEqual([]);
  });
});

describe('a carrier', () => {
  test.each([
    [500, 500],
    [60_000, 60_000],
    [3_600_000, 60_000],
  ])('that asks for %i ms before the next try is given %i', async (retryAfterMs, nextRetryDelay) => {
    const { failure } = await attempt(fakeCarrier([new CarrierUnavailable('throttled', retryAfterMs)]).carrier);
    expect(failure).toEqual({
      type: sendFailure.unavailable,
      nonRetryable: false,
      message: 'throttled',
      nextRetryDelay,
    });
  });

  test.each([
    ['with a look-up', []],
    ['without a look-up', undefined],
  ])('at fault %s has sent nothing for certain, so the next attempt sends without a question', async (_, lookups) => {
    const fake = fakeCarrier([new CarrierFault('credentials refused'), acceptance], lookups);
    const first = await attempt(fake.carrier);
    expect(first.failure).toEqual({ type: sendFailure.fault, nonRetryable: false, message: 'credentials refused' });
    const second = await attempt(fake.carrier, { attempt: 2, heartbeatDetails: first.heartbeatDetails });
    expect(second.accepted).toEqual(acceptance);
    expect(fake.asked).toEqual([]);
  });
});

describe('a second attempt', () => {
  test.each([
    ['with a look-up', []],
    ['without a look-up', undefined],
  ])('after an unavailable carrier %s sends again without a question', async (_, lookups) => {
    const fake = fakeCarrier([unavailable(), unavailable(), acceptance], lookups);
    const first = await attempt(fake.carrier);
    expect(first.failure).toEqual({ type: sendFailure.unavailable, nonRetryable: false, message: 'busy' });
    const second = await attempt(fake.carrier, { attempt: 2, heartbeatDetails: first.heartbeatDetails });
    expect(second.failure?.type).toBe(sendFailure.unavailable);
    const third = await attempt(fake.carrier, { attempt: 3, heartbeatDetails: second.heartbeatDetails });
    expect(third.accepted).toEqual(acceptance);
    expect(fake.asked).toEqual([]);
    expect(fake.sent.map(({ message }) => message.attempt)).toEqual([1, 2, 3]);
    expect(new Set(fake.sent.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  test('after an unknown outcome asks first, and returns what was accepted without a second send', async () => {
    const fake = fakeCarrier([unknown()], [acceptance]);
    const { heartbeatDetails } = await attempt(fake.carrier);
    expect((await attempt(fake.carrier, { attempt: 2, heartbeatDetails })).accepted).toEqual(acceptance);
    expect(fake.asked).toEqual([
      {
        idempotencyKey: 'tracking:send:1',
        recipient: RECIPIENT,
        parts: 1,
        method: 'sms',
        text: `Code ${digits}, again: ${digits}`,
        attempts: { first: expect.any(Number), last: expect.any(Number) },
        others: expect.any(Function),
      },
    ]);
    expect(fake.sent).toHaveLength(1);
  });

  test('after an unknown outcome sends when nothing was sent', async () => {
    const fake = fakeCarrier([unknown(), acceptance], ['notSent']);
    await attempt(fake.carrier);
    expect((await attempt(fake.carrier, { attempt: 2 })).accepted).toEqual(acceptance);
    expect(fake.sent).toHaveLength(2);
  });

  test('after an unknown outcome stays unknown when the carrier cannot tell, and does not send', async () => {
    const fake = fakeCarrier([unknown()], ['unknown']);
    await attempt(fake.carrier);
    const { failure } = await attempt(fake.carrier, { attempt: 2 });
    expect(failure).toMatchObject({ type: sendFailure.unknown, nonRetryable: false });
    expect(fake.sent).toHaveLength(1);
  });

  test('whose forerunner left nothing behind, as when its worker died, asks first; without look-up it never sends', async () => {
    const asking = fakeCarrier([acceptance], ['notSent']);
    expect((await attempt(asking.carrier, { attempt: 2 })).accepted).toEqual(acceptance);
    expect(asking.asked).toHaveLength(1);
    const mute = fakeCarrier([acceptance]);
    const { failure } = await attempt(mute.carrier, { attempt: 2 });
    expect(failure).toMatchObject({ type: sendFailure.unknown, nonRetryable: true });
    expect(mute.sent).toEqual([]);
  });

  test('does not trust what an attempt before the last one left behind', async () => {
    const fake = fakeCarrier([unavailable()], ['unknown']);
    const { heartbeatDetails } = await attempt(fake.carrier);
    const { failure } = await attempt(fake.carrier, { attempt: 3, heartbeatDetails });
    expect(failure?.type).toBe(sendFailure.unknown);
    expect(fake.sent).toHaveLength(1);
  });

  test('with less than 15 s of life left is too late for good, with more it sends', async () => {
    const fake = fakeCarrier([unavailable(), acceptance], []);
    const { heartbeatDetails } = await attempt(fake.carrier);
    const again = (left: number) =>
      attempt(fake.carrier, { attempt: 2, heartbeatDetails }, request({ validUntil: Date.now() + left }));
    expect((await again(14_999)).failure).toMatchObject({ type: sendFailure.tooLate, nonRetryable: true });
    expect(fake.sent).toHaveLength(1);
    expect((await again(25_000)).accepted).toEqual(acceptance);
  });

  test('still finds what was accepted when it is too late to send', async () => {
    const fake = fakeCarrier([unknown()], [acceptance]);
    await attempt(fake.carrier);
    const late = request({ validUntil: Date.now() - 1 });
    expect((await attempt(fake.carrier, { attempt: 2 }, late)).accepted).toEqual(acceptance);
  });

  test.each([
    ['an unforeseen error', new Error('secret')],
    ['CarrierUnavailable', unavailable()],
    ['CarrierRejected', new CarrierRejected('no')],
  ])('whose question fails with %s stays unknown and is repeated, and the next one asks again', async (_, trouble) => {
    const fake = fakeCarrier([], [trouble, acceptance]);
    const { failure, heartbeatDetails } = await attempt(fake.carrier, { attempt: 2 });
    const message = 'the carrier could not be asked what became of the send';
    expect(failure).toEqual({ type: sendFailure.unknown, nonRetryable: false, message });
    expect((await attempt(fake.carrier, { attempt: 3, heartbeatDetails })).accepted).toEqual(acceptance);
    expect(fake.asked).toHaveLength(2);
    expect(fake.sent).toEqual([]);
  });
});

describe('what was accepted', () => {
  /** Keeps in memory. */
  function memory(kept?: Answer<Acceptance>) {
    const remembered: Acceptance[] = [];
    const acceptances: Acceptances = {
      recall: async () => kept && given(kept),
      async remember(_carrier, _question, accepted) {
        remembered.push(accepted);
      },
    };
    return { remembered, acceptances, isAnothers };
  }
  const again = (carrier: Carrier, acceptances: Acceptances) =>
    attempt(carrier, { attempt: 2 }, request(), acceptances);

  test('is remembered, and not recalled, at a first attempt', async () => {
    const { remembered, acceptances } = memory(new Error('not to be asked'));
    expect((await attempt(fakeCarrier([acceptance]).carrier, {}, request(), acceptances)).accepted).toEqual(acceptance);
    expect(remembered).toEqual([acceptance]);
  });

  test('is recalled by a second attempt, remembered whole, and neither sent again nor asked for', async () => {
    const { remembered, acceptances } = memory(acceptance);
    const [mute, asking] = [fakeCarrier([]), fakeCarrier([], [])];
    for (const { carrier } of [mute, asking]) expect((await again(carrier, acceptances)).accepted).toEqual(acceptance);
    expect([mute.sent, asking.asked, asking.sent]).toEqual([[], [], []]);
    expect(remembered).toEqual([acceptance, acceptance]);
  });

  test('and only the carrier knows of it, is remembered once it says so', async () => {
    const { remembered, acceptances } = memory();
    expect((await again(fakeCarrier([], [acceptance]).carrier, acceptances)).accepted).toEqual(acceptance);
    expect(remembered).toEqual([acceptance]);
  });

  test('and cannot be recalled now stays unknown and is repeated, though the carrier cannot be asked', async () => {
    const { acceptances } = memory(new Error(RECIPIENT));
    const fake = fakeCarrier([]);
    const message = 'what became of the send could not be looked up';
    const failure = { type: sendFailure.unknown, nonRetryable: false, message };
    expect((await again(fake.carrier, acceptances)).failure).toEqual(failure);
    expect(fake.sent).toEqual([]);
  });

  test('answers a look-up of its own', async () => {
    const { acceptances } = memory(acceptance);
    const { lookUpSend } = createDeliveryActivities(fakeCarrier([]).carrier, {
      journal: memoryJournal(),
      ring,
      acceptances,
      isAnothers,
    });
    expect(await new MockActivityEnvironment({}, { logger }).run(lookUpSend, request())).toEqual(acceptance);
  });
});

describe('a look-up of its own', () => {
  const question = { idempotencyKey: 'tracking:send:1', recipient: RECIPIENT, parts: 1 };
  const lookUp = (carrier: Carrier) =>
    new MockActivityEnvironment({}, { logger }).run(
      createDeliveryActivities(carrier, { journal: memoryJournal(1), ring, acceptances: noAcceptances, isAnothers })
        .lookUpSend,
      question,
    );

  test.each<Acceptance | 'notSent' | 'unknown'>([acceptance, 'notSent', 'unknown'])('returns %o', async (answer) => {
    expect(await lookUp(fakeCarrier([], [answer]).carrier)).toEqual(answer);
  });

  test('is unknown on a carrier that cannot be asked', async () => {
    expect(await lookUp(fakeCarrier([]).carrier)).toBe('unknown');
  });

  test('that fails is repeated, and tells nothing of the error', async () => {
    await expect(lookUp(fakeCarrier([], [new Error(RECIPIENT)]).carrier)).rejects.toMatchObject({
      type: sendFailure.unknown,
      nonRetryable: false,
      message: expect.not.stringContaining(RECIPIENT),
    });
  });
});

describe('a carrier that wants to know when its code was typed', () => {
  const curious = (fake: ReturnType<typeof fakeCarrier>): Carrier => ({
    ...fake.carrier,
    reportVerified: async () => true,
  });
  const wanted = { ...acceptance, feedback: true };

  test('says so with its acceptance, be it new or looked up', async () => {
    expect((await attempt(curious(fakeCarrier([acceptance])))).accepted).toEqual(wanted);
    expect((await attempt(curious(fakeCarrier([], [acceptance])), { attempt: 2 })).accepted).toEqual(wanted);
    const { lookUpSend } = createDeliveryActivities(curious(fakeCarrier([], [acceptance])), {
      journal: memoryJournal(1),
      ring,
      acceptances: noAcceptances,
      isAnothers,
    });
    expect(await new MockActivityEnvironment({}, { logger }).run(lookUpSend, request())).toEqual(wanted);
  });
});

describe('an attempt on a carrier that is out of order', () => {
  test('is repeated, does not count among the answered ones, and is surely not sent', async () => {
    const fake = fakeCarrier([new CarrierFault('no connection'), acceptance]);
    const first = await attempt(fake.carrier);
    expect(first.failure).toMatchObject({ type: 'CarrierFault', nonRetryable: false });
    expect(first.heartbeatDetails).toEqual({ attempt: 1, answered: 0, surelyNotSent: true });
    const second = await attempt(fake.carrier, { attempt: 2, heartbeatDetails: first.heartbeatDetails });
    expect(second.accepted).toEqual(acceptance);
  });
});

test('a carrier that is busy for the fifth time is asked no more, however often it was out of order in between', async () => {
  let heartbeatDetails: unknown;
  const repeatable: boolean[] = [];
  for (let number = 1; number <= 9; number += 1) {
    const trouble = number % 2 === 0 ? new CarrierFault('no connection') : new CarrierUnavailable('busy');
    const tried = await attempt(fakeCarrier([trouble]).carrier, { attempt: number, heartbeatDetails });
    heartbeatDetails = tried.heartbeatDetails;
    repeatable.push(tried.failure?.nonRetryable === false);
  }
  expect(repeatable).toEqual([true, true, true, true, true, true, true, true, false]);
});

test('a failover with too little life left is not sent, though it is the first attempt of its carrier', async () => {
  const fake = fakeCarrier([acceptance]);
  const late = request({ failover: true, validUntil: Date.now() + 14_000 });
  expect((await attempt(fake.carrier, {}, late)).failure).toMatchObject({ type: 'SendTooLate', nonRetryable: true });
  expect(fake.sent).toHaveLength(0);
});

describe('a carrier that cannot be asked', () => {
  const again = (journal: SendJournal, fake: ReturnType<typeof fakeCarrier>, number = 2) =>
    attempt(fake.carrier, { attempt: number }, request(), noAcceptances, journal);

  test('is tried again when the attempt before died before it handed anything over', async () => {
    const fake = fakeCarrier([acceptance]);
    expect((await again(memoryJournal(), fake)).accepted).toEqual(acceptance);
  });

  test('is tried again after a refusal for now, though its mark was lost', async () => {
    const [fake, journal] = [fakeCarrier([unavailable(), acceptance]), memoryJournal()];
    await again(journal, fake, 1);
    expect((await again(journal, fake)).accepted).toEqual(acceptance);
  });

  test('is not tried again when the attempt before may have handed the message over', async () => {
    const [fake, journal] = [fakeCarrier([unknown(), acceptance]), memoryJournal()];
    await again(journal, fake, 1);
    expect((await again(journal, fake)).failure).toMatchObject({ type: sendFailure.unknown, nonRetryable: true });
    expect(fake.sent).toHaveLength(1);
  });

  test('is not tried by an attempt that wakes up after a later one, or after the last word', async () => {
    const [fake, journal] = [fakeCarrier([acceptance, acceptance]), memoryJournal(2)];
    const tooLate = { type: sendFailure.tooLate, nonRetryable: true };
    expect((await again(journal, fake, 1)).failure).toMatchObject(tooLate);
    const barred = memoryJournal();
    const { lookUpSend } = createDeliveryActivities(fake.carrier, {
      journal: barred,
      ring,
      acceptances: noAcceptances,
      isAnothers,
    });
    expect(await new MockActivityEnvironment({}, { logger }).run(lookUpSend, request())).toBe('notSent');
    expect((await again(barred, fake, 1)).failure).toMatchObject(tooLate);
    expect(fake.sent).toEqual([]);
  });

  test('is not tried by an attempt that was frozen once it had begun: meanwhile it may have been looked up', async () => {
    const fake = fakeCarrier([acceptance]);
    const journal = memoryJournal();
    const begin: SendJournal['begin'] = async (...args) => {
      vi.setSystemTime(Date.now() + 6_000);
      return await journal.begin(...args);
    };
    vi.useFakeTimers({ toFake: ['Date'] });
    const tried = await again({ ...journal, begin }, fake, 1);
    vi.useRealTimers();
    expect(tried.failure).toMatchObject({ type: sendFailure.ownTrouble, nonRetryable: false });
    expect(fake.sent).toEqual([]);
  });

  test('is not tried while the journal cannot be written, which is surely no send', async () => {
    const away = async () => Promise.reject(new Error(RECIPIENT));
    const fake = fakeCarrier([acceptance]);
    const tried = await again({ ...memoryJournal(), begin: away }, fake, 1);
    expect(tried.failure).toMatchObject({ type: sendFailure.ownTrouble, nonRetryable: false });
    expect(tried.heartbeatDetails).toEqual({ attempt: 1, answered: 0, surelyNotSent: true });
    expect(fake.sent).toEqual([]);
  });
});
