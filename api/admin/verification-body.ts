// A verification as operators see it in lists: its number masked, nothing of its text.
import { z } from 'zod';
import { methods } from '../../domain/method.ts';
import { microsToUnits } from '../../domain/money.ts';
import { statuses } from '../../domain/verification.ts';
import type { VerificationDocument } from '../../store/documents.ts';
import { isOpen, type OpenVerification, shownRecipient, showRecipient } from '../wire.ts';
import { instantOut } from './fields.ts';

export const verificationBody = z.object({
  trackingId: z.string().describe('Its id, its workflow id too.'),
  accountId: z.string().describe('The account that pays.'),
  applicationId: z.string().describe('The application that started it.'),
  status: z.enum(statuses).describe('How it stands.'),
  method: z.enum(methods).describe('By which it was started.'),
  recipient: shownRecipient,
  country: z.string().describe("The number's."),
  price: z.number().describe('What the first send costs the customer.'),
  currency: z.string().describe('ISO 4217.'),
  parts: z.int().describe('Of the first send.'),
  sends: z.int().describe('Sends so far.'),
  timesTried: z.int().describe('Answers judged.'),
  maxRetries: z.int().describe('Wrong answers allowed after the first.'),
  startedAt: instantOut('When its start was received'),
  updatedAt: instantOut('When its status or tries changed'),
  expiresAt: instantOut('Until when it may be answered'),
});

/** Those that opened; refused starts are in no list. */
export function showVerifications(found: readonly VerificationDocument[]): z.output<typeof verificationBody>[] {
  return found.filter(isOpen).map(showVerification);
}

function showVerification(verification: OpenVerification): z.output<typeof verificationBody> {
  const { accountId, applicationId, status, method, country, currency, parts, timesTried, maxRetries } = verification;
  return {
    trackingId: verification._id,
    accountId,
    applicationId,
    status,
    method,
    recipient: showRecipient(verification),
    country,
    price: microsToUnits(verification.price),
    currency,
    parts,
    sends: verification.sends.length,
    timesTried,
    maxRetries,
    startedAt: verification.receivedAt.toISOString(),
    updatedAt: verification.updatedAt.toISOString(),
    expiresAt: verification.expiresAt.toISOString(),
  };
}
