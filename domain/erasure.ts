// Erasing a person: why something may have to wait, and what is said about it.

export const waitingReasons = ['pending', 'workflowGone', 'callback', 'history'] as const;
/** Why a verification could not be erased wholly yet. */
export type WaitingReason = (typeof waitingReasons)[number];

/** One sentence for the report. */
export const waitingSentences: Readonly<Record<WaitingReason, string>> = {
  pending: 'It was cancelled, and what became of its message and its money is still being settled.',
  workflowGone:
    'Its workflow is gone; the regular audit ends it and settles its money, ten minutes after its life at the latest.',
  callback:
    'Its application is still being told how it ended: within 24 hours, or once callbacks that are held back may go out again.',
  history: 'Temporal is still deleting its history, which takes it up to a minute after a workflow ended.',
};

/** What no request of ours can reach. */
export const ELSEWHERE =
  'Backups of MongoDB and Temporal hold what they held when they were made: encrypted numbers, keyed hashes and masks, until they are overwritten or their keys are destroyed; so does free space in database files. Applications that were called back, carriers, and logs of proxies and receivers keep their own records. What was hashed under a key that has left the ring cannot be found by the number; nor can, until Temporal forgets them after its retention, encrypted histories of starts that were refused over a day ago and of verifications whose own retention is over. Words that operators wrote themselves, such as references of movements, are not searched. What is started for the number from now on is new.';
