// What Swagger UI is to show of the document: other spellings of the same value left out, which the introduction tells of.
// The document itself says all that is accepted; here somebody reads what to write.

const absent = new Set(['#/components/schemas/Absent', '#/components/schemas/Empty']);

/** Whether a branch only says how nothing may be spelt: an empty text, or null beside it. */
const isAbsence = ({ $ref, maxLength }) => absent.has($ref) || maxLength === 0;
const isObject = (value) => typeof value === 'object' && value !== null;

/** The document as it is shown: one form of each value, and no section without operations. */
export function readable(document) {
  const used = new Set(
    Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ tags }) => tags),
  );
  return { ...withoutSpellings(document), tags: document.tags.filter(({ name }) => used.has(name)) };
}

function withoutSpellings(node) {
  if (Array.isArray(node)) return node.map(withoutSpellings);
  if (!isObject(node)) return node;
  const { anyOf, ...rest } = node;
  const made = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withoutSpellings(value)]));
  if (!Array.isArray(anyOf)) return made;
  const kept = anyOf.filter((branch) => !isAbsence(branch) && branch['x-spelling'] !== true).map(withoutSpellings);
  if (kept.length === 1) return { ...kept[0], ...made };
  return kept.every(isFormat) ? { type: 'string', format: oneOf(kept), ...made } : { ...made, anyOf: kept };
}

/** Whether it is a text of a known format and no more. */
const isFormat = ({ type, format, ...rest }) => type === 'string' && format && Object.keys(rest).length === 0;
const oneOf = (kept) => kept.map(({ format }) => format).join(' or ');
