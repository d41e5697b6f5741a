// Holds requests to Twilio, and what the mock answers them, against an OpenAPI description: ours, or Twilio's own where
// TWILIO_OPENAPI names the file (twilio_api_v2010.json of github.com/twilio/twilio-oai).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into by path.
type Node = any;

export const OWN_DESCRIPTION = join(import.meta.dirname, 'twilio-openapi.json');

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
}

export interface TwilioDescription {
  /** What is wrong with a request; none where it is as described. */
  problemsOf(asked: Asked): string[];
  /** What is wrong with an answer to it. */
  problemsOfAnswer(asked: Asked, status: number, body: unknown): string[];
}

export function readDescription(file = process.env.TWILIO_OPENAPI ?? OWN_DESCRIPTION): TwilioDescription {
  const document: Node = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = new Ajv({ strict: false, coerceTypes: true, allErrors: true, logger: false });
  formats.default(ajv);
  ajv.addFormat('phone-number', /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/);
  ajv.addFormat('endpoint', /^\+[1-9]\d{6,14}$/);
  ajv.addSchema(document, 'twilio');
  const templates = Object.keys(document.paths);
  const operationOf = ({ method, path }: Asked) => {
    const template = templates.find((each) => patternOf(each).test(path));
    return { template, operation: template && document.paths[template]?.[method.toLowerCase()] };
  };
  const errors = (schema: Node, value: unknown) => {
    const valid = ajv.compile(absolute(schema));
    return valid(value) ? [] : [ajv.errorsText(valid.errors)];
  };

  return {
    problemsOf(asked) {
      const { template, operation } = operationOf(asked);
      if (!template || !operation) return [`${asked.method} ${asked.path} is not described`];
      const parameters: Node[] = operation.parameters ?? [];
      const inPath = patternOf(template).exec(asked.path)?.groups ?? {};
      const query = parameters.filter((each) => each.in === 'query');
      const form = operation.requestBody?.content['application/x-www-form-urlencoded'].schema;
      const properties: Node = Object.fromEntries(query.map(({ name, schema }) => [name, schema]));
      return [
        ...parameters.flatMap((each) => (each.in === 'path' ? errors(each.schema, inPath[each.name]) : [])),
        ...errors({ type: 'object', properties, additionalProperties: false }, valuesOf(asked.query, properties)),
        ...(form ? errors({ ...form, additionalProperties: false }, valuesOf(asked.form, form.properties)) : []),
        ...missing(operation['x-twilio']?.conditional ?? [], asked.form),
      ].map((problem) => `${asked.method} ${template}: ${problem}`);
    },
    problemsOfAnswer(asked, status, body) {
      const { operation } = operationOf(asked);
      const schema = operation?.responses[status]?.content['application/json'].schema;
      return schema ? errors(schema, structuredClone(body)) : [`${asked.path} does not answer ${status}`];
    },
  };
}

const patternOf = (template: string) =>
  new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

/** Its references point into the whole document. */
function absolute(schema: Node): Node {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"twilio#/'));
}

/** A name that comes more than once, or may, has a list. */
function valuesOf(given: URLSearchParams, properties: Node): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(given.keys())].map((name) => {
      const all = given.getAll(name);
      return [name, properties[name]?.type === 'array' || all.length > 1 ? all : (all[0] ?? '')];
    }),
  );
}

/** Groups of names, in snake case, of which one has to be there. */
function missing(groups: readonly (readonly string[])[], form: URLSearchParams): string[] {
  const camel = (name: string) => name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return groups
    .map((group) => group.map(camel))
    .filter((group) => !group.some((name) => form.has(name)))
    .map((group) => `none of ${group.join(', ')}`);
}
