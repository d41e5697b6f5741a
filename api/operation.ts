// One endpoint as data: how it is asked, what it answers, what it refuses with. Routes and OpenAPI documents are made from it.
import type { z } from 'zod';
import type { ErrorName } from '../domain/errors.ts';
import type { Scope } from '../domain/operator.ts';

/** `xml` and `text` are what carriers alone send. */
export type BodyType = 'json' | 'form' | 'xml' | 'text';

export interface Operation {
  /** `operationId` of the document, such as `startVerification`. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As the router has it, such as `/2step/:trackingId`. */
  readonly path: string;
  /** The heading it stands under in the documentation. */
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /**
   * `credentials`: an application's id and secret; `token`: its access token; `operator`: an operator's token;
   * `receiptSecret`: the secret in the path; `callToken`: what is sealed in the path.
   */
  readonly security: 'none' | 'credentials' | 'token' | 'operator' | 'receiptSecret' | 'callToken';
  /** With `operator`: what the token must be allowed to do. */
  readonly scope?: Scope;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  /** The very schema that validates it. */
  readonly body?:
    | { readonly schema: z.ZodType; readonly types: readonly ('json' | 'form')[] }
    /** In the form of whichever carrier: the type of carrier reads it. */
    | { readonly schema: z.ZodType; readonly types: readonly BodyType[]; readonly ofCarrier: true };
  /** The body of the answer 200. */
  readonly answer: z.ZodType;
  /** Headers of its answers beyond those every answer carries. */
  readonly answerHeaders?: Readonly<Record<string, AnswerHeader>>;
  /** Bodies of its own for some statuses, beside those of `errors`. */
  readonly otherAnswers?: Readonly<Record<number, OtherAnswer>>;
  /** What it refuses with beyond what its parts imply: a token, fields, a body. */
  readonly errors: readonly ErrorName[];
}

export interface AnswerHeader {
  readonly description: string;
  readonly schema: z.ZodType;
  /** The statuses whose answers may carry it. */
  readonly statuses: readonly number[];
}

export interface OtherAnswer {
  readonly description: string;
  readonly schema: z.ZodType;
}
