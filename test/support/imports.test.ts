// The reader of imports that the room boundaries rest on: every form is seen, comments are not.
import { expect, test } from 'vitest';
import { importsOf, withoutComments } from './imports.ts';

test.each([
  ["import { a } from './a.ts';", './a.ts', false],
  ["import type { A } from './a.ts';", './a.ts', true],
  ["import { type A, type B } from './a.ts';", './a.ts', true],
  ["import {\n  type A,\n  b,\n} from './a.ts';", './a.ts', false],
  ["import {\n  type A,\n  type B,\n} from './a.ts';", './a.ts', true],
  ["import './a.ts';", './a.ts', false],
  ["import * as a from './a.ts';", './a.ts', false],
  ["export { a } from './a.ts';", './a.ts', false],
  ["export type { A } from './a.ts';", './a.ts', true],
  ["export * from './a.ts';", './a.ts', false],
  ["const a = await import('./a.ts');", './a.ts', false],
  ["let a: typeof import('./a.ts');", './a.ts', true],
  ['await import(name);', 'unreadable: name', false],
])('an import written as %s is seen', (text, specifier, typesOnly) => {
  expect(importsOf(`// import { x } from './x.ts';\n${text}\n`)).toEqual([{ specifier, typesOnly }]);
});

test('comments are left out, and what only looks like one stays', () => {
  expect(withoutComments("a(); // import\nb('http://x', '/*'); /* import\n */ c('*/');")).toBe(
    "a(); \nb('http://x', '/*');  c('*/');",
  );
});
