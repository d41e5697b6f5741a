// Another send of the same code, asked for by the application: judged at once, paid for, then sent like the first.
import { CancellationScope } from '@temporalio/workflow';
import { MAX_RESENDS, resendRefusal } from '../domain/resend.ts';
import { firstCarrier, ownSender } from '../domain/route.ts';
import type { Deliveries } from './delivery.ts';
import type { Resend, VerificationInput } from './messages.ts';
import { numberSend, payFor, unpaidReasons } from './payment.ts';
import { mayNumberSend, takeResendVerdict, tell, type VerificationRecord } from './record.ts';

/** Judges the wish before anything is awaited, so that two at once cannot both pass the cool-down. */
export function handleResend(
  input: VerificationInput,
  record: VerificationRecord,
  deliveries: Deliveries,
  { attemptId, method: asked, receivedAt }: Resend,
): void {
  const method = asked === 'sms' && input.landlineByVoice ? 'voice' : asked;
  const now = Date.now();
  const resends = mayNumberSend(record) ? record.resends : MAX_RESENDS;
  const situation = { ...record.state, lastSendAt: record.lastSendAt, resends };
  const refusal = resendRefusal(situation, receivedAt, now);
  if (refusal) {
    // A decided status answers by itself.
    if (refusal.verdict === 'tooSoon' || refusal.verdict === 'tooMany') takeResendVerdict(record, attemptId, refusal);
    return;
  }
  const before = record.lastSendAt;
  record.lastSendAt = receivedAt;
  record.resends += 1;
  const n = numberSend(record);
  const pay = async () => {
    const paid = await payFor(input, record, n, method);
    if (paid === 'over') return;
    // A task that is lost with its worker is run again, and then a right answer may come before the send.
    record.onceCommitted = true;
    if (typeof paid === 'string') {
      record.lastSendAt = before;
      record.resends -= 1;
      tell(record, { event: 'notResent', at: Date.now(), send: n, reason: unpaidReasons[paid] });
      takeResendVerdict(record, attemptId, { verdict: paid });
      return;
    }
    const instead = method === asked ? {} : { askedMethod: asked };
    const from = ownSender(input.routes, input.routes[method]?.[0], input.originator);
    tell(record, { event: 'resent', at: Date.now(), send: n, method, price: paid.price, ...instead, ...from });
    record.sends.push({ n, carrier: firstCarrier(input.routes, method), method });
    takeResendVerdict(record, attemptId, { verdict: 'resent' });
    deliveries.begin(paid);
  };
  deliveries.wait(CancellationScope.nonCancellable(pay));
}
