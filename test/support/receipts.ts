// Plays a carrier that reports over HTTP, and looks up what a verification was told.

import { defaultPayloadConverter } from '@temporalio/common';
import { renewReceiptPath } from '../../admin/receipt-secret.ts';
import type { DeliveryReport } from '../../domain/receipt.ts';
import { showPayload } from '../../secrets/payload-codec.ts';
import { deliveryReportSignal, type Said } from '../../workflows/messages.ts';
import { type ApiAnswer, send } from './api-client.ts';
import { atRest } from './engine.ts';
import type { Stack } from './stack.ts';

/** Adds a carrier whose receipts have the sandbox's form, and returns the path they come in by. */
export async function addReportingCarrier(stack: Stack, name: string): Promise<string> {
  const from = 'management API' as const;
  await stack.database.carriers.insertOne({
    _id: name,
    type: 'sandbox',
    settings: {},
    paused: false,
    from,
    createdAt: new Date(),
  });
  return await renewReceiptPath({ database: stack.database, actor: 'test' }, stack.ring, name);
}

/** A receipt as JSON. */
export function report(url: string, receipt: unknown): Promise<ApiAnswer> {
  const headers = { 'Content-Type': 'application/json' };
  return send(url, { method: 'POST', headers, body: JSON.stringify(receipt) });
}

/**
 * The reports a verification's history holds, oldest first. A signal that comes during a workflow task stands in history after it;
 * a task that no worker will end is not waited for.
 */
export async function reportsOf(stack: Stack, trackingId: string): Promise<DeliveryReport[]> {
  await atRest(stack, trackingId, 5_000).catch(() => undefined);
  const { events } = await stack.temporal.workflow.getHandle(trackingId).fetchHistory();
  const reports: DeliveryReport[] = [];
  for (const { workflowExecutionSignaledEventAttributes: signal } of events ?? []) {
    if (signal?.signalName !== deliveryReportSignal.name) continue;
    const [payload] = signal.input?.payloads ?? [];
    if (!payload) continue;
    const { signal: _, ...report } = defaultPayloadConverter.fromPayload<DeliveryReport & Said>(
      showPayload(stack.ring, payload),
    );
    reports.push(report);
  }
  return reports;
}
