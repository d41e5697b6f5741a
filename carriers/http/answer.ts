// What a gateway's answer means: by the operator's rules, then by its HTTP status.
import { MAX_MESSAGE_ID } from '../../domain/receipt.ts';
import type { VendorWords } from '../../domain/vendor-words.ts';
import {
  type Acceptance,
  CarrierFault,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
} from '../carrier.ts';
import type { HttpAnswer } from '../http-request.ts';
import type { AnswerSettings, LookupAnswerSettings, Meaning } from './answer-settings.ts';
import { findText } from './path.ts';
import { firstRule } from './rules.ts';
import { readTree } from './tree.ts';

/** For a gateway that is busy and does not say for how long. */
const BUSY_RETRY_MS = 2_000;

/** A message has no more: its header counts them in a byte. */
const MOST_PARTS = 255;

/** What holds where the gateway does not say. */
export interface Sent {
  readonly reference: string;
  readonly parts: number;
}

/** What a status means of which no rule says anything. */
export function meaningOf(status: number): Meaning {
  if (status >= 200 && status <= 299) return 'accepted';
  // A redirect is not followed, so nothing read the message; the others are about who asks, not about what.
  if ((status >= 300 && status <= 399 && status !== 303) || [401, 402, 403, 407].includes(status)) return 'fault';
  if (status === 429) return 'unavailable';
  // 408 and 5xx may come from something between us and a gateway that has the message; 303 says that it was read.
  return [303, 408].includes(status) || status < 200 || status >= 500 ? 'unknown' : 'rejected';
}

/** @throws CarrierRejected, CarrierUnavailable, CarrierFault or CarrierOutcomeUnknown, as the answer means */
export function acceptanceIn(answer: HttpAnswer, settings: AnswerSettings, sent: Sent): Acceptance {
  const tree = readTree(settings.format, answer.text, settings.pattern);
  const rule = firstRule(settings.rules, { status: answer.status, text: answer.text, tree });
  const means = rule?.means ?? meaningWithout(answer.status, settings);
  const shown = `HTTP ${answer.status}`;
  const said = saidIn(tree, settings);
  switch (means) {
    case 'accepted':
      return acceptance(tree, settings, sent);
    case 'rejected':
      throw new CarrierRejected(`the gateway refused the message (${shown})`, said);
    case 'unavailable':
      throw new CarrierUnavailable(
        `the gateway is busy (${shown})`,
        retryAfterMs(answer, rule?.retryAfterSeconds),
        said,
      );
    case 'fault':
      throw new CarrierFault(`the gateway takes no messages from us (${shown})`, said);
    case 'unknown':
      throw new CarrierOutcomeUnknown(`the gateway's answer does not say what became of the message (${shown})`, said);
  }
}

/** What the answer to a look-up says: unknown unless a rule is certain. */
export function fateIn(
  answer: HttpAnswer,
  settings: LookupAnswerSettings,
  sent: Sent,
): Acceptance | 'notSent' | 'unknown' {
  const tree = readTree(settings.format, answer.text, settings.pattern);
  const rule = firstRule(settings.rules, { status: answer.status, text: answer.text, tree });
  if (rule?.means === 'accepted') return acceptance(tree, settings, sent);
  return rule?.means ?? 'unknown';
}

/** Where a rule says what an acceptance looks like, nothing else is one. */
function meaningWithout(status: number, { rules }: AnswerSettings): Meaning {
  const means = meaningOf(status);
  return means === 'accepted' && rules.some((rule) => rule.means === 'accepted') ? 'unknown' : means;
}

function acceptance(
  tree: unknown,
  settings: Pick<AnswerSettings, 'messageId' | 'parts' | 'cost'>,
  { reference, ...sent }: Sent,
): Acceptance {
  const { messageId, parts, cost } = settings;
  const id = findText(tree, messageId) ?? '';
  const micros = Math.round(Number(findText(tree, cost) ?? Number.NaN) * 1_000_000);
  const counts = Number(findText(tree, parts) ?? Number.NaN);
  return {
    // A gateway without ids hands back ours at best; no receipt finds an id beyond all bounds.
    messageIds: [id !== '' && id.length <= MAX_MESSAGE_ID ? id : reference],
    // More is no count of parts; any number that an answer holds could else be read off a test message.
    parts: Number.isInteger(counts) && counts > 0 && counts <= MOST_PARTS ? counts : sent.parts,
    ...(Number.isSafeInteger(micros) && micros >= 0 && { cost: micros }),
  };
}

/** As the answer has it; what may be shown of it is decided once for all carriers. */
function saidIn(tree: unknown, { code, words }: Pick<AnswerSettings, 'code' | 'words'>): VendorWords {
  const found = { code: findText(tree, code), words: findText(tree, words) };
  return {
    ...(found.code !== undefined && { code: found.code }),
    ...(found.words !== undefined && { words: found.words }),
  };
}

/** Seconds or a date, as RFC 9110 has it. */
function retryAfterMs({ headers }: HttpAnswer, ofRule: number | undefined): number {
  const text = headers.get('retry-after')?.trim() ?? '';
  const asked = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return asked > 0 ? asked : (ofRule ?? 0) * 1_000 || BUSY_RETRY_MS;
}
