// What became of a message or a call whose answer was lost: Twilio's own list for the number, less what is known to be another's.
import type { Acceptance, SendInDoubt } from './carrier.ts';
import type { Fields, Resource, TwilioApi } from './twilio-api.ts';
import type { TwilioSettings } from './twilio-settings.ts';

/** Twilio's clock and ours differ, and it tells whole seconds. */
const SKEW_MS = 5_000;
/** A request that got lost on its way may still be worked on for so long: before, its absence says nothing. */
const QUIET_MS = 15_000;
/**
 * Twilio filters and sorts by when a message was sent, which one still in its queue has not been: so it is asked for all of a
 * number's, and what it tells beyond so many pages is not known.
 */
const PAGE_SIZE = 100;
const MOST_PAGES = 5;

/**
 * Accepted only where that is certain: one message alone, to this number and with this text, made since the first attempt, which
 * no other send of ours is known by, while no other is in doubt. Calls have no text, so of them it only tells that there is none.
 */
export async function lookUp(
  send: SendInDoubt,
  api: TwilioApi,
  { addressRetention }: Pick<TwilioSettings, 'addressRetention'>,
): Promise<Acceptance | 'notSent' | 'unknown'> {
  const { method, attempts, others, recipient, text, parts } = send;
  // Numbers that Twilio obfuscates cannot be asked for.
  if (!method || !attempts || !others || addressRetention === 'obfuscate') return 'unknown';
  const [path, list] = method === 'voice' ? ['Calls.json', 'calls'] : ['Messages.json', 'messages'];
  const { rows, whole } = await everything(api, path, list, recipient);
  const from = attempts.first - SKEW_MS;
  // Read after the list: whatever made something in it had begun by then.
  const known = await others();
  const unexplained = rows.filter((row) => mayBeOurs(row, from) && !known.messageIds.has(String(row.sid)));
  const [only, ...more] = unexplained;
  if (!only) return whole && Date.now() - attempts.last >= QUIET_MS ? 'notSent' : 'unknown';
  const certain = whole && more.length === 0 && !known.inDoubt && text !== undefined && only.body === text;
  return certain ? acceptanceOf(only, parts) : 'unknown';
}

/** What Twilio has to a number, page by page. */
async function everything(
  api: TwilioApi,
  path: string,
  list: string,
  recipient: string,
): Promise<{ rows: readonly Resource[]; whole: boolean }> {
  const rows: Resource[] = [];
  let query: Fields = [
    ['To', recipient],
    ['PageSize', String(PAGE_SIZE)],
  ];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { [list]: found, next_page_uri: next } = await api.get(path, query);
    if (!Array.isArray(found)) return { rows, whole: false };
    rows.push(...(found as readonly Resource[]));
    if (typeof next !== 'string') return { rows, whole: true };
    query = [...new URLSearchParams(next.split('?')[1])];
  }
  return { rows, whole: false };
}

/** Made by the API since then; one that does not say when may be ours, too. */
function mayBeOurs({ direction, date_created: created }: Resource, from: number): boolean {
  const at = typeof created === 'string' ? Date.parse(created) : Number.NaN;
  return direction === 'outbound-api' && !(at < from);
}

/** What Twilio's answer says of a message it made. @param parts as the customer pays them, where Twilio does not know yet */
export function acceptanceOf({ sid, num_segments: segments, price }: Resource, parts: number): Acceptance | 'unknown' {
  if (typeof sid !== 'string' || sid === '') return 'unknown';
  const counted = Number(segments);
  const cost = typeof price === 'string' ? Math.round(Math.abs(Number(price)) * 1_000_000) : Number.NaN;
  return {
    messageIds: [sid],
    parts: Number.isInteger(counted) && counted > 0 ? counted : parts,
    ...(Number.isFinite(cost) && { cost }),
  };
}
