// What the management API takes for a carrier and for steps: nothing it would not understand.
import { expect, test } from 'vitest';
import { carrierInput, stepsInput } from '../../admin/carrier-fields.ts';
import { readFields } from '../../api/fields.ts';
import { RefusedError } from '../../domain/errors.ts';

const step = { carrier: 'acme', method: 'sms' };

function problemsOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error instanceof RefusedError ? error.properties : error;
  }
}

test('a carrier and a route are read as they are given', () => {
  const carrier = { type: 'smpp', settings: { any: 1 }, secrets: { of: 'these' }, messagesPerSecond: 5 };
  expect(readFields(carrierInput, carrier)).toEqual(carrier);
  const steps = [{ ...step, originator: 'Acme', waitForReceiptSeconds: 30, options: { 'tlv:0x1400': '1' } }, step];
  expect(readFields(stepsInput, { steps })).toEqual({ steps });
});

test.each([
  [
    { type: 'sandbox', messagePerSecond: 5, Paused: true },
    { messagePerSecond: 'is unknown', Paused: 'is unknown' },
  ],
  [
    { type: 'fax', host: 's3cr3t' },
    { type: expect.stringContaining('must be one of'), host: 'is unknown' },
  ],
])('a carrier with what is unknown beside its settings is refused by name, no value quoted: %j', (given, problems) => {
  expect(problemsOf(() => readFields(carrierInput, given))).toEqual(problems);
});

test.each([
  [{ steps: [step, { ...step, waitForReceipt: 30 }] }, { 'steps.1.waitForReceipt': 'is unknown' }],
  [
    { steps: [{ ...step, method: 'fax', wait: 1 }] },
    { 'steps.0.method': 'must be sms or voice', 'steps.0.wait': 'is unknown' },
  ],
  [{ steps: [step], country: 'GR' }, { country: 'is unknown' }],
])('a lost wait is a lost failover, so it is refused by name: %j', (given, problems) => {
  expect(problemsOf(() => readFields(stepsInput, given))).toEqual(problems);
});
