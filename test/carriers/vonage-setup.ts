// A Vonage carrier with the network and the service it speaks with, all on loopback; each test has its own.
import { expect, onTestFinished } from 'vitest';
import type { Carrier, OutgoingMessage } from '../../carriers/carrier.ts';
import { createVonageCarrier } from '../../carriers/vonage.ts';
import { outgoing } from '../support/smpp-carrier.ts';
import { accountSecrets, accountSettings, givenSettings } from './vonage-account.ts';
import { type Listener, startListener } from './vonage-listener.ts';
import { type MockSettings, startVonageMock, type VonageMock } from './vonage-mock.ts';

/** A send as the workflow names it. */
export const KEY = '6c5e3f57-4d3c-4f7b-9f2e-0d3f5a7b9c1d:send:1';

export interface Setup {
  readonly mock: VonageMock;
  readonly listener: Listener;
  readonly carrier: Carrier;
  /** What it warned of. */
  readonly log: readonly string[];
  send(changes?: Partial<OutgoingMessage>): ReturnType<Carrier['send']>;
}

export interface SetupChanges {
  readonly settings?: object;
  readonly secrets?: object;
  readonly mock?: MockSettings;
  /** False where nobody outside reaches this service. */
  readonly reachable?: boolean;
}

/** Started for the length of a test, at whose end everything asked and answered was as Vonage describes it. */
export async function vonageSetup(changes: SetupChanges = {}): Promise<Setup> {
  const { settings = {}, reachable = true } = changes;
  const secrets = { ...accountSecrets, ...changes.secrets };
  const mock = await startVonageMock(changes.mock);
  const listener = await startListener({ settings: givenSettings(mock.url, settings), secrets });
  const log: string[] = [];
  const carrier = createVonageCarrier('vonage', accountSettings(mock.url, settings), secrets, {
    urls: reachable ? listener.urls : undefined,
    logger: { warn: (message) => void log.push(message) },
  });
  onTestFinished(async () => {
    await carrier.close?.();
    await Promise.all([mock.stop(), listener.stop()]);
    expect(mock.problems).toEqual([]);
  });
  return { mock, listener, carrier, log, send: (message) => carrier.send(outgoing(message), KEY) };
}

/** What a call says in most tests. */
export const speech = { text: 'Your code is 4, 8, 2, 9.', language: 'en' };
export const callMessage: Partial<OutgoingMessage> = { method: 'voice', originator: '306900000000', speech };

/** A call that Vonage took. */
export async function placedCall(changes: SetupChanges = {}, message: Partial<OutgoingMessage> = {}) {
  const setup = await vonageSetup(changes);
  const { messageIds } = await setup.send({ ...callMessage, ...message });
  return { ...setup, messageIds, call: setup.mock.calls[0] ?? expect.unreachable('no call was made') };
}
