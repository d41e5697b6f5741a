// The journal of sends, kept in memory.
import type { OtherSends } from '../../domain/delivery.ts';
import type { SendJournal } from '../../store/send-journal.ts';

/** @param begun the attempt that began before, and may have sent @param others what else went to the number */
export function memoryJournal(
  begun = 0,
  others: OtherSends = { messageIds: new Set(), inDoubt: false },
): SendJournal & { readonly state: { attempt: number; open: boolean; barred: boolean } } {
  const state = { attempt: begun, open: begun > 0, barred: false };
  const first = Date.now();
  let last = first;
  return {
    state,
    async begin(_carrier, _key, attempt) {
      if (state.barred || state.attempt >= attempt) return false;
      Object.assign(state, { attempt, open: true });
      last = Date.now();
      return true;
    },
    async withdraw(_carrier, _key, attempt) {
      if (state.attempt === attempt) state.open = false;
    },
    mayHaveSent: async () => state.open,
    attempts: async () => (state.attempt > 0 ? { first, last } : undefined),
    others: async () => others,
    async bar() {
      if (!state.open) state.barred = true;
      return !state.open;
    },
  };
}
