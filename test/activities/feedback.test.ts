// Telling a carrier that its code was typed: whether it was told, and nothing of its own words when it was not.
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { expect, test, vi } from 'vitest';
import { createFeedbackActivities } from '../../activities/feedback.ts';
import { type Carrier, CarrierUnavailable } from '../../carriers/carrier.ts';

const bare: Carrier = { name: 'fake', receipts: false, send: async () => ({ messageIds: ['m'], parts: 1 }) };
const tell = (carrier: Carrier) =>
  new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(
    createFeedbackActivities(carrier).reportVerified,
    ['m1', 'm2'],
  );

test('a carrier that wants to know is told the names of its messages', async () => {
  const reportVerified = vi.fn(async () => true);
  expect(await tell({ ...bare, reportVerified })).toBe(true);
  expect(reportVerified).toHaveBeenCalledExactlyOnceWith(['m1', 'm2']);
});

test('a carrier that does not want to know, at all or of these messages, is not told', async () => {
  expect(await tell(bare)).toBe(false);
  expect(await tell({ ...bare, reportVerified: async () => false })).toBe(false);
});

test('a carrier that cannot be told is told again by the engine, and none of its words leave', async () => {
  const reportVerified = async () => {
    throw new CarrierUnavailable('+306948530920 is busy');
  };
  await expect(tell({ ...bare, reportVerified })).rejects.toMatchObject({
    type: 'FeedbackNotTaken',
    nonRetryable: false,
    message: 'reportVerified could not be done (CarrierUnavailable)',
  });
});
