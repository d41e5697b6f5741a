// POST and GET /carriers/{name}/calls/{call}: what a call says once a key was pressed.
import type { Context } from 'koa';
import { z } from 'zod';
import { answerCall, MOST_ROUNDS } from '../../carriers/call-answers.ts';
import type { SealedCall } from '../../carriers/carrier-request.ts';
import { readSendKey } from '../../domain/delivery.ts';
import { invalidFields } from '../../domain/errors.ts';
import { callUrl } from '../../secrets/carrier-urls.ts';
import type { CarrierDocument } from '../../store/carrier-documents.ts';
import { findVerification } from '../../store/verifications.ts';
import { carrierRequest, configurationOf } from '../carrier-request.ts';
import type { ApiDeps } from '../deps.ts';
import { notGenuineRefusal } from '../not-genuine.ts';
import type { Operation } from '../operation.ts';

const calls = {
  path: '/carriers/:name/calls/:call',
  tag: 'Carriers',
  security: 'callToken',
  params: z.object({
    name: z.string().describe('The carrier, as operators named it.'),
    call: z.string().describe('What is to be said, encrypted. Whoever has it can hear the code.'),
  }),
  query: z.object({ round: z.string().optional().describe('How often a key was pressed, this time included.') }),
  answer: z.unknown().describe('In the form of each carrier, such as TwiML.'),
  errors: ['unauthorised', 'noSuchPath', 'invalidData', 'unavailable'],
} as const satisfies Partial<Operation>;

export const postCallOperation: Operation = {
  ...calls,
  id: 'postCall',
  method: 'post',
  summary: 'Say the code in a call',
  description:
    'For carriers, once a key was pressed. Says the code while the verification is pending, and takes the key for a receipt: a person hears it.',
  body: {
    schema: z.unknown().describe('As the carrier has it.'),
    types: ['json', 'form', 'xml', 'text'],
    ofCarrier: true,
  },
};

export const getCallOperation: Operation = {
  ...calls,
  id: 'getCall',
  method: 'get',
  summary: 'Say the code in a call, to a carrier that asks with GET',
};

/** One handler for both. */
export function answerCalls(deps: Pick<ApiDeps, 'database' | 'ring' | 'publicUrl' | 'takeReceipt' | 'logger'>) {
  const { ring, publicUrl, takeReceipt } = deps;
  const notGenuine = notGenuineRefusal(deps.logger);
  return async function carrierCall(ctx: Context) {
    const { carrier, call } = ctx.state as { carrier: CarrierDocument; call: SealedCall };
    const round = roundOf(ctx.query.round);
    const answer = await answerCall(
      carrier.type,
      {
        ...call,
        round,
        over: round > MOST_ROUNDS || (await isOver(deps, call)),
        again: callUrl(ring, publicUrl, carrier._id, call, round + 1),
      },
      carrierRequest(ctx, publicUrl),
      configurationOf(deps, carrier),
    );
    if (answer === 'notGenuine') throw notGenuine(carrier._id);
    if (!answer) throw invalidFields({ body: 'must be a call as this type of carrier reports it' });
    for (const receipt of answer.receipts) await takeReceipt(carrier._id, receipt);
    ctx.type = answer.type;
    ctx.body = answer.body;
  };
}

/** Never later than the code is of use: a call may outlast its verification. */
async function isOver(
  { database }: Pick<ApiDeps, 'database'>,
  { reference, validUntil }: SealedCall,
): Promise<boolean> {
  if (Date.now() >= validUntil) return true;
  const place = readSendKey(reference);
  // A test message is nobody's verification.
  const verification = place && (await findVerification(database, place.trackingId));
  return verification !== undefined && verification !== null && verification.status !== 'Pending';
}

function roundOf(given: unknown): number {
  const round = Number(given);
  return Number.isInteger(round) && round >= 1 ? round : 1;
}
