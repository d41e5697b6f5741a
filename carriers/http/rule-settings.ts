// How operators say what to look at in an answer or a receipt: paths, patterns and rules.
import { z } from 'zod';
import { readPath } from './path.ts';
import { patternProblem } from './pattern.ts';

const MOST_RULES = 50;

const aPath = 'must be a path such as messages[0].status.name';

export const path = z
  .string(aPath)
  .min(1, aPath)
  .max(200, 'must have at most 200 characters')
  .refine((text) => readPath(text) !== undefined, aPath);

export const pattern = z
  .string('must be a regular expression')
  .min(1, 'must be a regular expression')
  .max(500, 'must have at most 500 characters')
  .superRefine((source, context) => {
    const message = patternProblem(source);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

const aStatus = 'must be a status such as 404, or all of a hundred such as 5xx';
const status = z.union([z.int().min(100, aStatus).max(599, aStatus), z.string().regex(/^[1-5]xx$/, aStatus)], aStatus);
const aPlain = 'must be a text, a number, true or false';
const plain = z.union([z.string().max(200), z.number(), z.boolean()], aPlain);
const oneOrMore = <T extends z.ZodType>(schema: T, problem: string) =>
  z.union([schema, z.array(schema).min(1).max(100)], problem);

/** A path, or several: the first at which something stands counts. */
export const paths = oneOrMore(path, aPath);

const condition = {
  status: oneOrMore(status, aStatus).optional().describe('The HTTP status is this, or one of these'),
  path: path.optional().describe('Where `equals`, `matches` and `exists` look; the whole text without it'),
  equals: oneOrMore(plain, aPlain).optional().describe('A value there is this, or one of these'),
  matches: pattern.optional().describe('A value there matches this'),
  exists: z.boolean('must be true or false').optional().describe('Something stands there, or nothing does'),
};

export type Condition = z.output<z.ZodObject<typeof condition>>;

/** A rule that gives an answer one of these meanings. */
export function ruleOf<const M extends readonly [string, ...string[]], E extends z.ZodRawShape>(meanings: M, extra: E) {
  return z
    .strictObject({
      ...condition,
      means: z.enum(meanings, `must be one of ${meanings.join(', ')}`).describe('What it then means'),
      ...extra,
    })
    .superRefine((rule, context) => {
      const { status, path, equals, matches, exists } = rule as Condition;
      const looks = equals !== undefined || matches !== undefined || exists !== undefined;
      const message =
        status === undefined && !looks
          ? 'must have a condition: status, equals, matches or exists'
          : path !== undefined && !looks
            ? 'has a path, and says nothing about what stands there: give equals, matches or exists'
            : undefined;
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    });
}

export const rulesOf = <T extends z.ZodType>(rule: T) =>
  z.array(rule, 'must be a list of rules').max(MOST_RULES, `must have at most ${MOST_RULES} rules`);
