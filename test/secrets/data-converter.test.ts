// The data converter as client and workers load it: failures are as secret as payloads.
import { ApplicationFailure } from '@temporalio/common';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/data-converter-helpers.js';
import {
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { describe, expect, test } from 'vitest';
import { createDataConverter } from '../../secrets/data-converter.ts';
import { fixedRing } from '../support/key-rings.ts';

const converter = loadDataConverter(createDataConverter(fixedRing('k1')));
const context = { type: 'workflow', namespace: 'twostep', workflowId: 'w-1' } as const;
const thrown = () =>
  ApplicationFailure.nonRetryable('the number +306948530920 is refused', 'CarrierRejected', { to: '+306948530920' });

describe('a failure on its way into history', () => {
  test('shows its type alone: message, stack and details are ciphertext', async () => {
    const failure = await encodeErrorToFailure(converter, thrown(), context);
    expect(failure.message).toBe('Encoded failure');
    expect(failure.stackTrace).toBe('');
    expect(failure.applicationFailureInfo).toMatchObject({ type: 'CarrierRejected', nonRetryable: true });
    const written = JSON.stringify(failure, (_name, value) =>
      value instanceof Uint8Array || value?.type === 'Buffer'
        ? Buffer.from(value.data ?? value).toString('latin1')
        : value,
    );
    expect(written).toContain('binary/encrypted');
    expect(written).not.toMatch(/6948530920|is refused|data-converter\.test/);
  });

  test('is read whole again by whoever has the ring', async () => {
    const failure = await encodeErrorToFailure(converter, thrown(), context);
    const error = (await decodeOptionalFailureToOptionalError(converter, failure, context)) as ApplicationFailure;
    expect(error).toMatchObject({
      message: 'the number +306948530920 is refused',
      type: 'CarrierRejected',
      details: [{ to: '+306948530920' }],
    });
  });

  test('stays shut for whoever has not', async () => {
    const stranger = loadDataConverter(createDataConverter(fixedRing('k2')));
    const failure = await encodeErrorToFailure(converter, thrown(), context);
    await expect(decodeOptionalFailureToOptionalError(stranger, failure, context)).rejects.toThrow(
      'not in the key ring',
    );
  });
});
