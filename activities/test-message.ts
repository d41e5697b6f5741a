// The activity behind "send a test message": one attempt through a carrier, whose outcome is the answer.
import { Context } from '@temporalio/activity';
import { type Carrier, CarrierFault, CarrierRejected, CarrierUnavailable } from '../carriers/carrier.ts';
import type { TestOutcome } from '../domain/carrier.ts';
import type { Method } from '../domain/method.ts';

export interface TestMessage {
  readonly trackingId: string;
  /** E.164, with the plus. */
  readonly recipient: string;
  readonly originator: string;
  readonly method: Method;
}

export interface TestMessageActivities {
  /** Never throws for anything the carrier does. */
  sendTestMessage(message: TestMessage): Promise<TestOutcome>;
}

const TEXT = 'This is a test message. Its carrier works.';
const VALID_FOR_SECONDS = 300;

export function createTestMessageActivities(carrier: Carrier): TestMessageActivities {
  return {
    async sendTestMessage(message) {
      try {
        const { parts } = await carrier.send(
          {
            ...message,
            // Nobody's: no account pays, none is shown it.
            accountId: '',
            text: TEXT,
            ...(message.method === 'voice' && { speech: { text: TEXT, language: 'en' } }),
            parts: 1,
            validForSeconds: VALID_FOR_SECONDS,
            attempt: Context.current().info.attempt,
          },
          message.trackingId,
        );
        return { outcome: 'accepted', parts };
      } catch (error) {
        return { outcome: surelyNotSent(error) ? 'refused' : 'unknown', reason: reasonOf(error) };
      }
    },
  };
}

const surelyNotSent = (error: unknown) =>
  error instanceof CarrierRejected || error instanceof CarrierUnavailable || error instanceof CarrierFault;

/** Only a carrier's own errors are worded for people; another may quote anything. */
function reasonOf(error: unknown): string {
  const worded = error instanceof Error && error.name.startsWith('Carrier');
  return worded ? error.message : 'the carrier code failed unexpectedly';
}
