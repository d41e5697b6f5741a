// What this process handed to verifications and saw no verdict of yet: where that decides them anyway, nothing more is handed over.
import { attemptsRemaining } from '../domain/verification.ts';
import type { VerificationDocument } from '../store/documents.ts';

export type CommandKind = 'answer' | 'cancellation' | 'resend';

interface HandedOver {
  readonly kind: CommandKind;
  readonly at: number;
}

export interface Unjudged {
  /**
   * Whether another command would only lie in the history: it is there already, or those before it end the verification, or, for
   * a resend, one before it has no verdict yet.
   */
  suffices(verification: VerificationDocument, kind: CommandKind, attemptId: string): boolean;
  handedOver(trackingId: string, kind: CommandKind, attemptId: string): void;
}

/** Of a workflow that was lost nothing is judged: after this its commands go out again; in milliseconds. */
const REMEMBERED_MS = 600_000;
/** Verifications remembered at once; the oldest make room. */
const MOST = 20_000;

export function createUnjudged(now: () => number = Date.now): Unjudged {
  const known = new Map<string, Map<string, HandedOver>>();

  function waiting({ _id, verdicts }: VerificationDocument): Map<string, HandedOver> {
    const mine = known.get(_id) ?? new Map<string, HandedOver>();
    for (const [id, { at }] of mine) if (verdicts[id] || now() - at > REMEMBERED_MS) mine.delete(id);
    if (mine.size === 0) known.delete(_id);
    return mine;
  }

  return {
    suffices(verification, kind, attemptId) {
      const mine = waiting(verification);
      if (mine.has(attemptId)) return true;
      const of = (wanted: CommandKind) => [...mine.values()].filter((each) => each.kind === wanted).length;
      // Each of these answers is judged: one is right, or together they leave no try.
      if (of('cancellation') > 0 || of('answer') >= attemptsRemaining(verification)) return true;
      return kind === 'resend' && of('resend') > 0;
    },
    handedOver(trackingId, kind, attemptId) {
      const mine = known.get(trackingId) ?? new Map<string, HandedOver>();
      mine.set(attemptId, { kind, at: now() });
      known.set(trackingId, mine);
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
  };
}
