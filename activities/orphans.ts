// Activities on verifications whose workflow is gone; each is harmless to repeat.
import { heartbeat, log } from '@temporalio/activity';
import { sendKey } from '../domain/delivery.ts';
import { type FoundOutcome, inDoubt, wasEndedWithoutWorkflow } from '../domain/orphan.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { openText } from '../secrets/recipient.ts';
import { findApplication } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import type { VerificationDocument, VerificationFacts } from '../store/documents.ts';
import { noteWorkflowGone } from '../store/events.ts';
import { endOrphan, type OverdueCursor, overdueVerifications } from '../store/orphans.ts';
import { findVerification } from '../store/verifications.ts';
import type { OwedCallback } from './callbacks.ts';
import type { SendQuestion } from './deliveries.ts';
import { guarded } from './failures.ts';

export interface SendInDoubt {
  /** The number of the send, and of its step. */
  readonly n: number;
  readonly step: number;
  readonly carrier: string;
  /** None where the key of the number has left the ring: then nobody can be asked. */
  readonly question?: SendQuestion;
}

export interface OrphanPage {
  readonly orphans: readonly string[];
  /** Where the next page begins; none where the list ends. */
  readonly next?: OverdueCursor;
}

export interface OrphanActivities {
  /** Looks through a hundred pending verifications overdue for so long, in ms, for those that have no workflow. */
  findOrphans(overdueMs: number, after?: OverdueCursor): Promise<OrphanPage>;
  /** The sends whose carriers are to be asked; undefined when it has a workflow after all. */
  sendsInDoubt(trackingId: string): Promise<SendInDoubt[] | undefined>;
  /** Ends the projection, and returns the callback its application is owed. */
  endOrphan(trackingId: string, found: readonly FoundOutcome[]): Promise<OwedCallback | undefined>;
}

export interface OrphanDeps {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly verificationRuns: (trackingId: string) => Promise<boolean>;
}

const AT_ONCE = 100;

export function createOrphanActivities({ database, ring, verificationRuns }: OrphanDeps): OrphanActivities {
  return guarded(
    {
      async findOrphans(overdueMs, after) {
        const orphans: string[] = [];
        const overdue = await overdueVerifications(database, new Date(Date.now() - overdueMs), after, AT_ONCE);
        for (const { id } of overdue) {
          heartbeat();
          if (!(await verificationRuns(id))) orphans.push(id);
        }
        const last = overdue.at(-1);
        return { orphans, ...(last && overdue.length === AT_ONCE && { next: last }) };
      },
      async sendsInDoubt(trackingId) {
        const orphan = await findOrphan(trackingId);
        if (!orphan) return undefined;
        const recipient = numberOf(orphan);
        const { parts } = orphan;
        return orphan.sends.filter(inDoubt).map(({ n, step = 1, carrier, method }) => {
          const idempotencyKey = sendKey(trackingId, n, step);
          return { n, step, carrier, ...(recipient && { question: { idempotencyKey, recipient, parts, method } }) };
        });
      },
      async endOrphan(trackingId, found) {
        const orphan = await findOrphan(trackingId);
        if (!orphan) return undefined;
        const { accountId, applicationId } = orphan;
        const { status, updatedAt, timeline } = await endOrphan(database, orphan, found);
        if (!wasEndedWithoutWorkflow({ timeline })) return undefined;
        if (await noteWorkflowGone(database, accountId, trackingId)) {
          log.warn('A verification lost its workflow and was ended without it', { trackingId });
        }
        const url = (await findApplication(database, applicationId))?.callback?.url;
        const recipient = numberOf(orphan);
        if (url === undefined || recipient === undefined) return undefined;
        const event = { applicationId, trackingId, recipient, status, updatedAt: updatedAt.toISOString() };
        return { accountId, url, event };
      },
    },
    'OrphanNotEnded',
  );

  /** Undefined, and told in the log, where its key has left the ring. */
  function numberOf({ _id, recipient }: VerificationDocument & VerificationFacts): string | undefined {
    if (ring.byId(recipient.keyId)) return openText(ring, recipient, _id);
    log.error('The key of a verification has left the ring: its carrier is not asked, its application not told', {
      trackingId: _id,
    });
    return undefined;
  }

  async function findOrphan(trackingId: string) {
    const verification = await findVerification(database, trackingId);
    if (!verification || !isWhole(verification)) return undefined;
    return (await verificationRuns(trackingId)) ? undefined : verification;
  }
}

/** An open one; a start that was refused left nothing to end. */
function isWhole(verification: VerificationDocument): verification is VerificationDocument & VerificationFacts {
  return verification.outcome === 'open' && verification.recipient !== undefined;
}
