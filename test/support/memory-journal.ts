// The journal of sends, kept in memory.
import type { SendJournal } from '../../store/send-journal.ts';

/** @param begun the attempt that began before, and may have sent */
export function memoryJournal(
  begun = 0,
): SendJournal & { readonly state: { attempt: number; open: boolean; barred: boolean } } {
  const state = { attempt: begun, open: begun > 0, barred: false };
  return {
    state,
    async begin(_carrier, _key, attempt) {
      if (state.barred || state.attempt >= attempt) return false;
      Object.assign(state, { attempt, open: true });
      return true;
    },
    async withdraw(_carrier, _key, attempt) {
      if (state.attempt === attempt) state.open = false;
    },
    mayHaveSent: async () => state.open,
    async bar() {
      if (!state.open) state.barred = true;
      return !state.open;
    },
  };
}
