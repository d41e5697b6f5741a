// What a call says once a key was pressed, by type of carrier: a new one is one file and one row here.
import type { Receipt } from '../domain/receipt.ts';
import type { CarrierRequest, Configuration, SealedCall } from './carrier-request.ts';
import { type ConfigurationOf, readConfiguration } from './receipt-parsers.ts';
import { type CarrierType, isCarrierType } from './settings.ts';
import { answerTwilioCall } from './twilio/answers.ts';
import { answerVonageCall } from './vonage/call-answers.ts';

export interface Call extends SealedCall {
  /** The verification is no longer pending, or its time is up: nothing of the code is to be said. */
  readonly over: boolean;
  /** 1 for the first key that was pressed. */
  readonly round: number;
  /** The URL for the next key; none where this is the last time. */
  readonly again: string | undefined;
}

export interface CallAnswer {
  /** Its media type. */
  readonly type: string;
  readonly body: string;
  /** A pressed key says that a person hears it, and so does the carrier's ear where no key is asked for. */
  readonly receipts: readonly Receipt[];
}

/** Undefined for what is no request of this type of carrier. */
export type AnsweredCall = CallAnswer | undefined | 'notGenuine';

export type AnswerCall<T extends CarrierType> = (
  call: Call,
  request: CarrierRequest,
  configuration: ConfigurationOf<T>,
) => AnsweredCall | Promise<AnsweredCall>;

const answers: { readonly [T in CarrierType]?: AnswerCall<T> } = {
  vonage: answerVonageCall,
  twilio: answerTwilioCall,
};

/** How often a code may be heard in one call. */
export const MOST_ROUNDS = 5;

/** What to answer. @throws Error where the carrier's configuration is not usable (any more) */
export async function answerCall(
  type: string,
  call: Call,
  request: CarrierRequest,
  configuration: Configuration<unknown, unknown>,
): Promise<AnsweredCall> {
  // The last time nothing is offered that would not be given.
  const again = call.round < MOST_ROUNDS ? call.again : undefined;
  return isCarrierType(type) ? await answered(type, { ...call, again }, request, configuration) : undefined;
}

async function answered<T extends CarrierType>(
  type: T,
  call: Call,
  request: CarrierRequest,
  configuration: Configuration<unknown, unknown>,
): Promise<AnsweredCall> {
  return await answers[type]?.(call, request, readConfiguration(type, configuration));
}
