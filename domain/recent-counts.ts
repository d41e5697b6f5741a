// Counts what happened under a name not long ago, for a bounded number of names.

export interface RecentCounts {
  /** Counts one more; false where as many as are allowed were counted before. */
  admit(name: string, now: number): boolean;
}

/** @param most of one name within the window @param names remembered at once; the oldest make room */
export function createRecentCounts(most: number, windowMs: number, names = 20_000): RecentCounts {
  const counts = new Map<string, { since: number; count: number }>();
  return {
    admit(name, now) {
      const found = counts.get(name);
      const current = found && now - found.since < windowMs ? found : { since: now, count: 0 };
      if (current !== found) counts.delete(name);
      counts.set(name, current);
      const [oldest] = counts.keys();
      if (counts.size > names && oldest !== undefined) counts.delete(oldest);
      if (current.count >= most) return false;
      current.count += 1;
      return true;
    },
  };
}
