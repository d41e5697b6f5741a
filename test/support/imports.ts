// Reads which modules a source file imports, and whether it takes types alone from them.

export interface Import {
  readonly specifier: string;
  readonly typesOnly: boolean;
}

const statement = /^(?:import|export)\s+(type\s)?([^'";]*?)\bfrom\s+'([^']+)'/gm;
const bare = /^import\s+'([^']+)'/gm;
const dynamic = /(?<!\bimport )\b(typeof )?import\(\s*([^)]*?)\s*\)/g;
const typesInBraces = /^\{(?:\s*type\s[^,}]+,?)+\s*\}\s*$/;

/** Every import of a formatted source file, whatever its form. */
export function importsOf(source: string): Import[] {
  const code = withoutComments(source);
  return [
    ...[...code.matchAll(statement)].map(([, type, names = '', specifier = '']) => ({
      specifier,
      typesOnly: type !== undefined || typesInBraces.test(names),
    })),
    ...[...code.matchAll(bare)].map(([, specifier = '']) => ({ specifier, typesOnly: false })),
    ...[...code.matchAll(dynamic)].map(([, type, argument = '']) => ({
      specifier: /^'([^']+)'$/.exec(argument)?.[1] ?? `unreadable: ${argument}`,
      typesOnly: type !== undefined,
    })),
  ];
}

/** The code alone; a comment may say anything. */
export function withoutComments(source: string): string {
  return source.replace(/(^|\s)\/\*[\s\S]*?\*\//g, '$1').replace(/(^|\s)\/\/.*$/gm, '$1');
}
