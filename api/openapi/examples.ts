// What examples of an operation look like; the recorded ones are in recorded-examples.ts.

export interface OperationExamples {
  /** The body of the request. */
  readonly request?: unknown;
  /** Bodies of answers, by HTTP status or, for a refusal, by its nine digits. */
  readonly answers?: Readonly<Record<string, unknown>>;
}
