// What a carrier says of a refusal in words and codes of its own, made fit to be shown to operators: nobody's number, text or secret.

export interface VendorWords {
  /** Its code, such as `21211` or `EC_INVALID_SENDER`. */
  readonly code?: string;
  /** Its words, one line of at most 200 characters. */
  readonly words?: string;
}

const MOST_CHARACTERS = 200;
/** No more of it is looked at. */
const MOST_READ = 2_000;
/** What is shorter stands in every sentence. */
const LEAST_HIDDEN = 4;
const CUT = '…';
/** Four digits are a code already, with whatever stands between them; `\p{N}`, since digits are written in many ways. */
const NUMBERS = /[+(]?\p{N}(?:[\s.,:;()+/*_\p{Pd}]{0,3}\p{N}){3,}/gu;

/**
 * The code and the words without what must not be shown.
 * @param hidden texts that may be quoted in them: of the message, its number, secrets
 */
export function shownWords({ code, words }: VendorWords, hidden: readonly string[]): VendorWords {
  const plain = { code: code === undefined ? undefined : plainCode(code, hidden), words: plainWords(words, hidden) };
  return {
    ...(plain.code !== undefined && { code: plain.code }),
    ...(plain.words !== undefined && { words: plain.words }),
  };
}

/** A code is short, of words and small numbers; a key or a token is not. */
function plainCode(given: string, hidden: readonly string[]): string | undefined {
  const code = given.trim();
  const few = code.replace(/\D/g, '').length < 7;
  const isCode = /^[\w.:-]{1,48}$/.test(code) && few && code.split(/[_.:-]+/).every(isPieceOfCode);
  return isCode && !hidden.includes(code) ? code : undefined;
}

/** `REJECTED`, `invalidSender`, `E17`, `21211`. */
const isPieceOfCode = (piece: string) =>
  piece.length <= 6 || /^([A-Z]{1,20}|[A-Za-z]?[a-z]{0,19}([A-Z][a-z]{1,19}){0,5})\d{0,6}$/.test(piece);

function plainWords(given: string | undefined, hidden: readonly string[]): string | undefined {
  let text = (given ?? '').slice(0, MOST_READ);
  for (const each of hidden) if (each.length >= LEAST_HIDDEN) text = text.split(each).join(CUT);
  const line = text
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .split(' ')
    .map((token) => (isWord(token) ? token : CUT))
    .join(' ')
    .replace(NUMBERS, CUT)
    .trim();
  const characters = [...line];
  const short =
    characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join('')}${CUT}` : line;
  return /\p{L}/u.test(short) ? short : undefined;
}

/** Addresses lead to people, and what is long and of digits and letters is a key. */
function isWord(token: string): boolean {
  if (/@|:\/\/|^www\./i.test(token)) return false;
  const long = token.length > 40 || (token.length >= 12 && /\d/.test(token) && /[A-Za-z]/.test(token));
  const odd = token.length >= 16 && /[a-z][A-Z]{2}|[A-Z]{2}[a-z]{1,3}[A-Z]/.test(token);
  return !long && !odd;
}
