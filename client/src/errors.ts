// What a refused request throws.

/** Bodies of refusals as they may come: the service's own, the token endpoint's, or whatever stands between. */
interface RefusalBody {
  readonly code?: string;
  readonly developerMessage?: string;
  readonly properties?: Readonly<Record<string, string>>;
  readonly error_description?: string;
  readonly message?: string;
}

export class TwostepError extends Error {
  override readonly name = 'TwostepError';
  /** Nine digits, such as `400011005`; the HTTP status and six zeros where the answer named none. */
  readonly code: string;
  /** The HTTP status. */
  readonly status: number;
  /** What is wrong, by the name of the field; empty unless the code is `400005000`. */
  readonly properties: Readonly<Record<string, string>>;
  /** When another try is worth it, where the service said so. */
  readonly retryAfterSeconds: number | undefined;
  /** Wrong answers still allowed, after a confirmation. */
  readonly attemptsRemaining: number | undefined;
  /** Names the request in the service's log. */
  readonly requestId: string | undefined;

  constructor(response: Response, body: unknown) {
    const { code, developerMessage, properties, error_description, message } = readBody(body);
    super(developerMessage ?? error_description ?? message ?? `Answered ${response.status}`);
    this.code = code ?? `${response.status}000000`;
    this.status = response.status;
    this.properties = properties ?? {};
    this.retryAfterSeconds = numberIn(response, 'Retry-After');
    this.attemptsRemaining = numberIn(response, 'X-Attempts-Remaining');
    this.requestId = response.headers.get('X-Request-Id') ?? undefined;
  }
}

function readBody(body: unknown): RefusalBody {
  return typeof body === 'object' && body !== null ? body : {};
}

/** A header that holds a whole number. */
export function numberIn(response: Response, header: string): number | undefined {
  const text = response.headers.get(header);
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}
