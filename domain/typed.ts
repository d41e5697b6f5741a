// What people type, or paste, between and around digits: it means nothing and is dropped from recipients and answers alike.

/**
 * White space, dashes of every kind (minus signs and the long vowel mark that Japanese keyboards give for one), brackets, dots, and
 * all that nobody sees: format characters, variation selectors, fillers. libphonenumber's VALID_PUNCTUATION, and its kinds whole.
 */
const separators =
  /[\s\p{White_Space}\p{Dash}\p{Ps}\p{Pe}\p{Cf}\p{Default_Ignorable_Code_Point}\u02d7\u2043\u2796\u2800\u30fc\uff70.\u00b7\u2022\u2024\u2027\u2219\u22c5\u3002\u30fb\ufe52\uff0e\uff61\uff65]/gu;

/** The text without what stands between digits; empty where nothing else was typed. */
export function withoutSeparators(text: string): string {
  return text.replace(separators, '');
}
