// The answers of an operation by status: the good one, its refusals, their headers and recorded examples.
import { type ErrorName, type ErrorSentences, errorRow } from '../../domain/errors.ts';
import type { Operation } from '../operation.ts';
import { byStatus, errorAnswer, errorLines, errorSchema, errorsOf } from './errors.ts';
import type { OperationExamples } from './examples.ts';
import { headersOf } from './headers.ts';
import type { JsonObject, SchemaBook } from './json-schema.ts';

export function responsesOf(
  operation: Operation,
  book: SchemaBook,
  examples: OperationExamples = {},
  sentences: ErrorSentences = {},
): JsonObject {
  const refused = byStatus(errorsOf(operation));
  const own = operation.otherAnswers ?? {};
  const statuses = [...new Set([...refused.keys(), ...Object.keys(own).map(Number)])].sort((a, b) => a - b);
  const answered = [200, ...statuses].map((status) => {
    const names = refused.get(status) ?? [];
    const other = own[status];
    const schemas = [
      ...(status === 200 ? [book.output(operation.answer)] : []),
      ...(other ? [book.output(other.schema)] : []),
      ...(names.length > 0 ? [errorSchema(book.output(errorAnswer), names)] : []),
    ];
    const description = [
      ...(other ? [other.description] : []),
      ...(names.length > 0 ? [errorLines(names, sentences)] : []),
    ];
    const response = {
      description: description.join('\n\n') || 'Done.',
      headers: { ...headersOf(status), ...ownHeaders(operation, status, book) },
      content: {
        'application/json': {
          schema: schemas.length === 1 ? schemas[0] : { oneOf: schemas },
          ...examplesOf(examples, status, names, sentences),
        },
      },
    };
    return [String(status), response];
  });
  return Object.fromEntries(answered);
}

function ownHeaders({ answerHeaders = {} }: Operation, status: number, book: SchemaBook): JsonObject {
  const carried = Object.entries(answerHeaders).filter(([, { statuses }]) => statuses.includes(status));
  return Object.fromEntries(
    carried.map(([name, { description, schema }]) => [name, { description, schema: book.output(schema) }]),
  );
}

/** An answer 200 goes by `200`, one of an own shape by its status, a refusal by its nine digits; one never recorded as its row has it. */
function examplesOf(
  { answers = {} }: OperationExamples,
  status: number,
  names: readonly ErrorName[],
  sentences: ErrorSentences,
): JsonObject {
  const own = answers[status] === undefined ? [] : [[status === 200 ? 'answer' : 'own', { value: answers[status] }]];
  const refusals = names.map((name) => {
    const { code, developerMessage: ofAll } = errorRow(name);
    const developerMessage = sentences[name] ?? ofAll;
    return [name, { summary: `${code} ${developerMessage}`, value: answers[code] ?? { code, developerMessage } }];
  });
  const found = [...own, ...refusals];
  return found.length === 0 ? {} : { examples: Object.fromEntries(found) };
}
