// Tells carriers after a right answer that their code was typed: last of all, and nothing but the story knows how it went.
import { patched } from '@temporalio/workflow';
import { typedMessages } from '../domain/feedback.ts';
import { feedbackTo } from './activity-stubs.ts';
import { tell, type VerificationRecord } from './record.ts';

/** To be called once status, callback and money are done. Never throws, and costs nothing where no carrier wants to know. */
export async function tellCarriers(record: VerificationRecord): Promise<void> {
  const typed = record.state.status === 'Verified' ? typedMessages(record.sends) : [];
  // Verifications that were about to close before there was feedback close as they would have.
  if (typed.length === 0 || !patched('conversion-feedback')) return;
  const telling = typed.map(async ({ carrier, messageIds }) => {
    // A failure, or an operator's cancellation, ends the telling.
    const told = await feedbackTo(carrier)
      .reportVerified(messageIds)
      .catch(() => undefined);
    if (told === false) return;
    tell(record, { event: told ? 'carrierTold' : 'carrierNotTold', at: Date.now(), carrier });
  });
  for (const each of telling) await each;
}
