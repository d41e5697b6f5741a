// Wrong on purpose, under the real names: pays before it renders, waits before it calls. Replaying any history on it must fail.
import { sleep } from '@temporalio/workflow';
import { reserveOperation } from '../../domain/ledger.ts';
import { callbacks, records } from '../../workflows/activity-stubs.ts';
import type { CallbackInput, VerificationInput } from '../../workflows/messages.ts';

export async function verificationWorkflow(input: VerificationInput): Promise<void> {
  await records.reserve(input.accountId, reserveOperation(input.trackingId, 1, input.unitPrices.sms ?? 0));
  await records.renderMessage(input);
  await sleep(input.expiresAt - Date.now());
}

export async function callbackWorkflow({ url, event }: CallbackInput): Promise<void> {
  await sleep(1_000);
  await callbacks.postCallback({ url, event });
}
