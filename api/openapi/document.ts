// An OpenAPI 3.1 document made from operations.
import type { ErrorSentences } from '../../domain/errors.ts';
import type { BodyType, Operation } from '../operation.ts';
import type { OperationExamples } from './examples.ts';
import { sharedHeaders } from './headers.ts';
import { type JsonObject, schemaBook } from './json-schema.ts';
import { parametersOf } from './parameters.ts';
import { responsesOf } from './responses.ts';

export interface DocumentSource {
  readonly title: string;
  /** Markdown. */
  readonly description: string;
  readonly version: string;
  /** In the order they are shown; every operation's tag is one of them. */
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly operations: readonly Operation[];
  /** Recorded from real answers, by operation. */
  readonly examples: Readonly<Record<string, OperationExamples>>;
  /** How this API words some errors, in the place of the table. */
  readonly sentences?: ErrorSentences;
  /** What this service itself sends, made with the schemas of the same document. */
  readonly webhooks?: (book: ReturnType<typeof schemaBook>) => JsonObject;
  /** Requests with anything undocumented are refused. */
  readonly strict?: boolean;
  /** Answers hold nothing undocumented; for tests. */
  readonly closed?: boolean;
}

export type OpenApiDocument = JsonObject & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
};

const securitySchemes = {
  credentials: {
    type: 'http',
    scheme: 'basic',
    description: 'Application id and secret, for a token alone.',
  },
  token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The access token of an application.' },
  operator: { type: 'http', scheme: 'bearer', description: 'The token of an operator.' },
} as const;

const mediaTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  xml: 'application/xml',
  text: 'text/plain',
} as const;

/** An example of an object is one for these. */
const structured: ReadonlySet<BodyType> = new Set(['json', 'form']);

export function openApiDocument(source: DocumentSource): OpenApiDocument {
  const { title, description, version, tags, operations, webhooks, closed = false, strict = false } = source;
  const book = schemaBook({ closed, strict });
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: operationObject(operation, book, source) };
  }
  const sent = webhooks?.(book);
  const used = new Set(operations.map(({ security }) => security));
  return {
    openapi: '3.1.0',
    info: { title, description, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/', description: 'Where this document was read.' }],
    tags,
    paths,
    ...(sent && { webhooks: sent }),
    components: {
      securitySchemes: Object.fromEntries(
        Object.entries(securitySchemes).filter(([name]) => used.has(name as Operation['security'])),
      ),
      headers: sharedHeaders,
      schemas: book.components,
    },
  };
}

function operationObject(
  operation: Operation,
  book: ReturnType<typeof schemaBook>,
  { examples, sentences }: Pick<DocumentSource, 'examples' | 'sentences'>,
): JsonObject {
  const { id, tag, summary, description, security, scope, body } = operation;
  const recorded = examples[id];
  const example = recorded?.request === undefined ? {} : { example: recorded.request };
  const schema = body && book.input(body.schema);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...described(description, scope),
    security: security in securitySchemes ? [{ [security]: scope === undefined ? [] : [scope] }] : [],
    parameters: parametersOf(operation, book),
    ...(body && {
      requestBody: {
        required: !body.schema.safeParse({}).success,
        content: Object.fromEntries(
          body.types.map((type) => [mediaTypes[type], { schema, ...(structured.has(type) && example) }]),
        ),
      },
    }),
    responses: responsesOf(operation, book, recorded, sentences),
  };
}

/** The scope stands in the text, too: pages do not show what the scheme asks for. */
function described(description: string | undefined, scope: string | undefined): JsonObject {
  const parts = [description, scope && `Needs the scope \`${scope}\`.`].filter((part) => part !== undefined);
  return parts.length > 0 ? { description: parts.join('\n\n') } : {};
}
