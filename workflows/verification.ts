// The life of one verification: open, send, wait, end, settle. Its id is the trackingId.
import { isCancellation, upsertSearchAttributes } from '@temporalio/workflow';
import { createDeliveries } from './delivery.ts';
import { tellCarriers } from './feedback.ts';
import { handleMessages } from './handlers.ts';
import {
  type CallbackInput,
  searchAttributes,
  type VerificationInput,
  type VerificationResult,
  verificationWorkflowId,
} from './messages.ts';
import { factsOf, openVerification } from './opening.ts';
import { startProjector } from './projector.ts';
import { createRecord, endUnasked, tell, type VerificationRecord } from './record.ts';
import { isReset } from './run.ts';
import { sealedInput } from './sealed.ts';
import { startCallback } from './start-callback.ts';
import { conditionWithin } from './timers.ts';

/** Runs until the status is decided and projected, every send's outcome known, every reservation charged or given back. */
export async function verificationWorkflow(given: VerificationInput): Promise<VerificationResult> {
  const input = sealedInput(given, ({ trackingId }) => trackingId && verificationWorkflowId(trackingId));
  const record = createRecord(input);
  const deliveries = createDeliveries(input, record);
  handleMessages(input, record, deliveries);

  const opening = await openVerification(input, record);
  if (opening === 'superseded') return superseded();
  if (!opening.open) return ended('Refused', { refusal: opening.refusal, timesTried: 0, charged: 0 });

  const { message, price } = opening.send;
  const projector = startProjector(input.trackingId, record, factsOf(input, message, price));
  deliveries.begin(opening.send);
  await untilDecided(record);
  deliveries.stop();
  // Another run that stands has told, settled and called back, or whoever settles without a workflow does.
  if (isReset()) await projector.caughtUp();
  if (record.superseded) return superseded();
  if (input.callbackUrl !== undefined) {
    await projector.caughtUp();
    await startCallback(endingOf(input, input.callbackUrl, record));
  }
  await deliveries.closed();
  await tellCarriers(record);
  await projector.drained();
  const carrier = record.sends.findLast(({ outcome }) => outcome?.kind === 'accepted')?.carrier;
  const { status, timesTried } = record.state;
  return ended(status, { timesTried, charged: record.charged }, carrier);
}

/** An answer that arrived in time may be this long on its way through the API; a late one is refused all the same. */
const ARRIVAL_GRACE_MS = 1_000;

/** Waits for an ending from a signal or a failed send; the timer runs to the absolute end of the lifetime and a moment on. */
async function untilDecided(record: VerificationRecord): Promise<void> {
  const decided = () => record.superseded || record.state.status !== 'Pending';
  const left = record.state.expiresAt + ARRIVAL_GRACE_MS - Date.now();
  try {
    await conditionWithin(left, 'Until the verification expires', decided);
    if (record.superseded) return;
    endIfPending(record, 'Expired', 'no right answer came in time');
  } catch (error) {
    if (!isCancellation(error)) throw error;
    endIfPending(record, 'Cancelled', 'by an operator, in Temporal');
  }
}

function endIfPending(record: VerificationRecord, status: 'Expired' | 'Cancelled', why: string): void {
  if (!endUnasked(record, status)) return;
  tell(record, { event: status === 'Expired' ? 'expired' : 'cancelled', at: record.state.updatedAt, why });
}

/** What the application is told of the ending. */
function endingOf(input: VerificationInput, url: string, { state }: VerificationRecord): CallbackInput {
  const { trackingId, applicationId, accountId, recipient } = input;
  const updatedAt = new Date(state.updatedAt).toISOString();
  return { accountId, url, event: { applicationId, trackingId, recipient, status: state.status, updatedAt } };
}

function superseded(): VerificationResult {
  return { outcome: 'Superseded', timesTried: 0, charged: 0 };
}

function ended(
  outcome: VerificationResult['outcome'],
  rest: Omit<VerificationResult, 'outcome'>,
  carrier?: string,
): VerificationResult {
  upsertSearchAttributes([
    { key: searchAttributes.status, value: outcome },
    ...(carrier === undefined ? [] : [{ key: searchAttributes.carrier, value: carrier }]),
  ]);
  return { outcome, ...rest };
}
