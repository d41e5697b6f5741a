// The pause an SMSC asks for by ESME_RTHROTTLED: of everything that goes to it, longer each time it says so again.

export interface Throttle {
  /** How long nothing is to be sent; 0 when it may. */
  remainingMs(): number;
  /** The SMSC throttled: returns how long to wait. */
  throttled(): number;
  /** The SMSC took a message. */
  accepted(): void;
}

const FIRST_MS = 500;
const LONGEST_MS = 16_000;

export function createThrottle(now: () => number, random: () => number = Math.random): Throttle {
  let until = 0;
  let times = 0;
  const remainingMs = () => Math.max(0, until - now());
  return {
    remainingMs,
    throttled() {
      // What was under way when the pause began is no reason for a longer one.
      if (remainingMs() > 0) return remainingMs();
      const pause = Math.min(FIRST_MS * 2 ** times, LONGEST_MS) * (0.75 + random() / 2);
      times += 1;
      until = now() + pause;
      return pause;
    },
    accepted() {
      if (remainingMs() === 0) times = 0;
    },
  };
}
