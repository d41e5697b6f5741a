// Holds real answers against the document: whatever it does not describe fails the test that met it.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { OpenApiDocument } from '../../api/openapi/document.ts';
import { errorRow } from '../../domain/errors.ts';

export interface Answered {
  readonly method: string;
  /** With the query, as asked. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where there was none. */
  readonly body: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into by path.
type Node = any;

/** @throws Error for an answer of a documented operation that the document does not describe. */
export type AnswerCheck = (answered: Answered) => void;

export function answerCheck(document: OpenApiDocument): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'document');
  const compiled = new Map<string, ValidateFunction>();
  const validator = (pointer: string) => {
    const known = compiled.get(pointer);
    const made = known ?? ajv.compile({ $ref: `document#${pointer}` });
    compiled.set(pointer, made);
    return made;
  };
  const hold = (what: string, pointer: string, value: unknown) => {
    const valid = validator(pointer);
    if (valid(value)) return;
    throw new Error(`${what} is not as documented: ${ajv.errorsText(valid.errors)}\n${JSON.stringify(value)}`);
  };
  const templates = Object.keys(document.paths).sort((a, b) => parameters(a) - parameters(b));

  return ({ method, path, status, headers, body }) => {
    const asked = path.replace(/\?.*$/, '').replace(/(.)\/$/, '$1');
    const template = templates.find((each) => patternOf(each).test(asked));
    const verb = method.toLowerCase();
    const operation: Node = template === undefined ? undefined : document.paths[template]?.[verb];
    if (template === undefined || !operation || body === undefined) return;
    // A server without the sandbox has a document without it, and one of another API has none of these paths.
    const response = operation.responses[status];
    if (!response && (body as Node)?.code === errorRow('noSuchPath').code) return;
    const what = `${method} ${template} answered ${status}: it`;
    if (!response) throw new Error(`${what} is not a documented status\n${JSON.stringify(body)}`);
    const pointer = `/paths/${segment(template)}/${verb}/responses/${status}`;
    hold(what, `${pointer}/content/application~1json/schema`, body);
    for (const [name, header] of Object.entries<Node>(response.headers)) {
      const given = headers.get(name);
      const found: Node = header.$ref ? lookUp(document, header.$ref) : header;
      if (given === null && found.required) throw new Error(`${what} lacks ${name}`);
      const at = header.$ref ? header.$ref.slice(1) : `${pointer}/headers/${name}`;
      if (given !== null)
        hold(`${name} of ${what}`, `${at}/schema`, found.schema.type === 'integer' ? Number(given) : given);
    }
  };
}

const parameters = (template: string) => template.split('{').length;
const patternOf = (template: string) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`, 'i');
const segment = (text: string) => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));

function lookUp(document: Node, ref: string): Node {
  return ref
    .slice(2)
    .split('/')
    .reduce((node, key) => node?.[key], document);
}
