// How long texts are: in characters as Unicode counts them, so that an emoji is one, as `maxLength` of our documents has it.

/** The number of code points; half a surrogate pair counts as one. */
export function characters(text: string): number {
  let found = 0;
  for (const _ of text) found += 1;
  return found;
}
