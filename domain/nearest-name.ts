// Which of the known names somebody probably meant by one that is not known.

/** Longer names are no slips of the pen, and comparing costs the product of both lengths. */
const MAX_LENGTH = 60;

/** The known name that differs least, where it differs by little; undefined where nothing comes near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const bare = plain(name);
  let nearest: { readonly name: string; readonly distance: number } | undefined;
  for (const each of known) {
    const distance = differences(bare, plain(each));
    const allowed = Math.max(1, Math.floor(each.length / 3));
    if (distance <= allowed && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY))
      nearest = { name: each, distance };
  }
  return (
    nearest?.name ??
    known.find((each) => bare.length > 3 && (plain(each).startsWith(bare) || bare.startsWith(plain(each))))
  );
}

/** `life_time-in-seconds` is `lifetimeInSeconds` to whoever wrote it. */
const plain = (name: string) => name.toLowerCase().replace(/[-_.\s]/g, '');

/** Letters put in, left out, or taken for another; two that changed places count as one (optimal string alignment). */
function differences(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      const cell = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row.push(swapped ? Math.min(cell, (before[j - 2] ?? 0) + 1) : cell);
    }
    [before, last] = [last, row];
  }
  return last[other.length] ?? 0;
}

/** The sentence for a name that is not known. */
export function unknownName(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  if (nearest !== undefined) return `is unknown; did you mean ${nearest}?`;
  return known.length === 0 ? 'is unknown: nothing is asked for here' : `is unknown; there are ${known.join(', ')}`;
}
