// The one table of every error this service answers with; the HTTP status is the code's first three digits.

const table = {
  accountNotFound: ['404001001', 'Account not found.'],
  insufficientBalance: ['400001009', 'Insufficient Balance.'],
  applicationNotFound: ['404010002', 'Application not found.'],
  invalidTemplate: ['400011001', 'Invalid message template.'],
  invalidData: ['400005000', 'Sms contains invalid data.'],
  notPending: ['400011002', 'Verification is not in pending state.'],
  expired: ['400011003', 'Verification has expired.'],
  maxRetriesReached: ['400011004', 'Verification max retries reached.'],
  wrongAnswer: ['400011005', 'Wrong answer provided.'],
  unknownTrackingId: ['404011006', "The verification with the specified tracking id doesn't exist."],
  malformedRequest: ['400000000', 'Malformed HTTP request'],
  unauthorised: ['401000000', 'Missing, malformed or expired access token'],
  missingScope: ['403000000', 'The access token lacks the scope this path needs'],
  noSuchPath: ['404000000', 'No such path'],
  methodNotAllowed: ['405000000', 'Method not allowed on this path'],
  requestTimeout: ['408000000', 'The request took too long to come in'],
  idempotencyKeyReused: ['409000000', 'This Idempotency-Key was used with another body'],
  bodyTooLarge: ['413000000', 'The request body is too large'],
  unsupportedMediaType: ['415000000', 'Unsupported media type'],
  expectationFailed: ['417000000', 'Expect: 100-continue is the only expectation that is met'],
  tooManyRequests: ['429000000', 'Too many requests, see Retry-After'],
  headersTooLarge: ['431000000', 'The request headers are too large'],
  internal: ['500000000', 'Internal error'],
  unavailable: ['503000000', 'Temporarily unavailable, see Retry-After'],
} as const satisfies Record<string, readonly [code: string, developerMessage: string]>;

export type ErrorName = keyof typeof table;

export interface ErrorRow {
  readonly code: string;
  readonly status: number;
  readonly developerMessage: string;
}

/** The row of an error: nine-digit code, HTTP status, text for developers. */
export function errorRow(name: ErrorName): ErrorRow {
  const [code, developerMessage] = table[name];
  return { code, status: Number(code.slice(0, 3)), developerMessage };
}

export const errorNames = Object.keys(table) as ErrorName[];

/** True for a string that names a row, so that names read from storage can be trusted. */
export function isErrorName(name: unknown): name is ErrorName {
  return typeof name === 'string' && Object.hasOwn(table, name);
}

/** Thrown wherever a request is refused; the API turns it into the row's answer. `properties` names each bad field. */
export class RefusedError extends Error {
  readonly errorName: ErrorName;
  readonly properties: Readonly<Record<string, string>> | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Says it better than the row does, where the contract does not fix the words. */
  readonly sentence: string | undefined;

  constructor(
    name: ErrorName,
    options: { properties?: Record<string, string>; retryAfterSeconds?: number; sentence?: string } = {},
  ) {
    super(options.sentence ?? errorRow(name).developerMessage);
    this.name = 'RefusedError';
    this.errorName = name;
    this.properties = options.properties;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.sentence = options.sentence;
  }
}

/** Words an API of its own has for some errors, in the place of the table's. */
export type ErrorSentences = Readonly<Partial<Record<ErrorName, string>>>;

/** A refusal for invalid fields: `400005000`, each field with its sentence. */
export function invalidFields(properties: Record<string, string>): RefusedError {
  return new RefusedError('invalidData', { properties });
}
