// Opens many verifications as a patient application would: a few at a time, again where the service was too busy.
import type { ApiClient } from './api-client.ts';
import { eventually } from './eventually.ts';

export interface Opened {
  readonly trackingId: string;
  readonly expiresAt: number;
}

const AT_ONCE = 4;

export async function openMany(api: ApiClient, count: number, fields: Record<string, unknown> = {}): Promise<Opened[]> {
  const opened: Opened[] = [];
  while (opened.length < count) {
    const batch = Math.min(AT_ONCE, count - opened.length);
    opened.push(...(await Promise.all(Array.from({ length: batch }, () => openOne(api, fields)))));
  }
  return opened;
}

async function openOne(api: ApiClient, fields: Record<string, unknown>): Promise<Opened> {
  const { trackingId, expiresAt } = await eventually('a start answered 200', async () => {
    const { status, body } = await api.start(fields);
    if (status !== 200 && status !== 503) throw new Error(`The start was answered ${status}: ${JSON.stringify(body)}`);
    return status === 200 && body;
  });
  return { trackingId, expiresAt: Date.parse(expiresAt) };
}
