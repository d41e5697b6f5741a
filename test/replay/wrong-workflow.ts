// Wrong on purpose, under the real name: pays before it renders. Replaying any history on it must fail.
import { sleep } from '@temporalio/workflow';
import { reserveOperation } from '../../domain/ledger.ts';
import { records } from '../../workflows/activity-stubs.ts';
import type { VerificationInput } from '../../workflows/messages.ts';

export async function verificationWorkflow(input: VerificationInput): Promise<void> {
  await records.reserve(input.accountId, reserveOperation(input.trackingId, 1, input.unitPrices.sms ?? 0));
  await records.renderMessage(input);
  await sleep(input.expiresAt - Date.now());
}
