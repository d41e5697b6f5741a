// What the words mean in which SMSCs say what became of a message: those of SMPP, how others spell them, and an operator's own.
import type { DeliveryState } from '../../domain/receipt.ts';

/** By its number in message_state (SMPP 3.4, 5.2.28; 0 and 9 are of 5.0). */
const numbered: readonly string[] = [
  'SCHEDULED',
  'ENROUTE',
  'DELIVRD',
  'EXPIRED',
  'DELETED',
  'UNDELIV',
  'ACCEPTD',
  'UNKNOWN',
  'REJECTD',
  'SKIPPED',
];

/** What is no ending proves nothing: an SMSC that does not know is no proof that nobody reads the message. */
const endings: Readonly<Record<string, DeliveryState>> = {
  DELIVRD: 'delivered',
  EXPIRED: 'undelivered',
  DELETED: 'undelivered',
  UNDELIV: 'undelivered',
  REJECTD: 'undelivered',
  SKIPPED: 'undelivered',
  FAILED: 'undelivered',
};

/** Seven letters are the specification's; gateways write the names out, or cut them elsewhere. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  DELIVRD: ['DELIVERED', 'DELIVERD', 'DELIVRED', 'DELIVERE', 'DELIVER', 'DELVRD', 'DLVRD', 'DELIVERED TO HANDSET'],
  EXPIRED: ['EXPIRD', 'EXPIRE'],
  DELETED: ['DELETD', 'DELETE', 'CANCELLED', 'CANCELED'],
  UNDELIV: [
    ...['UNDELIVERABLE', 'UNDELIVERED', 'UNDELIVERD', 'UNDELIVRD', 'UNDELIVRED', 'UNDELIVER', 'UNDELVRD', 'UNDLVRD'],
    ...['UNDELIVE', 'UNDELIVD', 'NOT DELIVERED', 'NOTDELIVERED', 'NON DELIVERED', 'DELIVERY FAILED'],
  ],
  ACCEPTD: ['ACCEPTED', 'ACCEPT'],
  REJECTD: ['REJECTED', 'REJECT'],
  ENROUTE: ['EN ROUTE'],
  SKIPPED: ['SKIPPD'],
  FAILED: ['FAIL', 'FAILURE'],
};
const names: ReadonlyMap<string, string> = new Map([
  ...[...numbered, 'FAILED'].map((name) => [name, name] as const),
  ...Object.entries(spellings).flatMap(([name, others]) => others.map((other) => [other, name] as const)),
]);

/** What an operator says of this SMSC's words, by the word or by a number of message_state that SMPP does not have. */
export type OwnStates = Readonly<Record<string, DeliveryState>>;

export interface ReadState {
  readonly state: DeliveryState;
  /** The word of SMPP for it, or one of the operator's: nothing that an SMSC may have written of a message. */
  readonly name: string;
}

/** Case, underscores, dashes and spaces around or between make no other word. */
export const canonicalWord = (word: string): string =>
  word
    .trim()
    .toUpperCase()
    .replace(/[\s_-]+/g, ' ');

/** Nothing an SMSC writes there is longer. */
export const LONGEST_WORD = 40;

/** What a word after `stat:` means; undefined for none. */
export function stateOfWord(given: string, own: OwnStates = {}): ReadState | undefined {
  const word = upToSpecified(canonicalWord(given));
  if (word === '' || word.length > LONGEST_WORD) return undefined;
  const name = names.get(word);
  const said = ownState(word, own) ?? (name !== undefined ? ownState(name, own) : undefined);
  if (said) return { state: said, name: name ?? word.replaceAll(' ', '_') };
  if (name !== undefined) return { state: endings[name] ?? 'underway', name };
  return { state: 'underway', name: /^[A-Z]{1,10}$/.test(word) ? word : 'UNKNOWN' };
}

/** What a number in message_state means; undefined for one that nobody knows. */
export function stateOfNumber(number: number, own: OwnStates = {}): ReadState | undefined {
  const name = numbered[number];
  if (name !== undefined) return stateOfWord(name, own);
  const said = ownState(String(number), own);
  return said && { state: said, name: `STATE_${number}` };
}

/** The specification's field has seven letters: what follows its own words is another field, however that is written. */
function upToSpecified(words: string): string {
  const [first = ''] = words.split(' ', 1);
  return numbered.includes(first) ? first : words;
}

function ownState(word: string, own: OwnStates): DeliveryState | undefined {
  return Object.entries(own).find(([given]) => canonicalWord(given) === word)?.[1];
}
