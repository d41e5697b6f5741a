// Where a story notes what was asked and answered, by operation; refusals go by their nine digits.
import type { OperationExamples } from '../../api/openapi/examples.ts';
import type { ApiAnswer } from '../support/api-client.ts';

export type Examples = Record<string, OperationExamples>;

export interface Notes {
  readonly examples: Examples;
  /** Keeps the body of an answer and hands it back. */
  note(id: string, answer: Pick<ApiAnswer, 'status' | 'body'>): ApiAnswer;
  /** Keeps the body of a request. */
  request(id: string, body: unknown): void;
}

export function takeNotes(): Notes {
  const examples: Examples = {};
  return {
    examples,
    note(id, { status, body }) {
      const key = status === 200 || body.code === undefined ? String(status) : body.code;
      examples[id] = { ...examples[id], answers: { ...examples[id]?.answers, [key]: body } };
      return { status, body, headers: new Headers() };
    },
    request(id, body) {
      examples[id] = { ...examples[id], request: body };
    },
  };
}

/** Its beginning shows what it looks like; the rest is nobody's business. */
export const cut = (secret: string, kept: number): string => `${secret.slice(0, kept)}…`;
