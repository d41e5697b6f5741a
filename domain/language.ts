// Languages by their BCP 47 tags, which carriers choose a voice by.

const MAX_TAG = 35;

/** The canonical form of a tag, such as `el-GR` for `EL-gr`; undefined where it is none. */
export function readLanguage(tag: string): string | undefined {
  if (tag.length > MAX_TAG) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
