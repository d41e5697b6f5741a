// A service made of a list of answers, for tests of the client.

export interface FakeService {
  readonly fetch: typeof fetch;
  /** What was asked, oldest first; tokens apart. */
  readonly asked: Request[];
  /** How many tokens were given. */
  tokens: number;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

export const answers = {
  pending: () => json(200, { trackingId: 't', status: 'Pending' }),
  unavailable: (retryAfter = '1') =>
    json(503, { code: '503000000', developerMessage: 'x' }, { 'Retry-After': retryAfter }),
  tooMany: (retryAfter: string) =>
    json(429, { code: '429000000', developerMessage: 'x' }, { 'Retry-After': retryAfter }),
  unauthorised: () => json(401, { code: '401000000', developerMessage: 'x' }),
  refused: (body: unknown, headers: Record<string, string> = {}) => json(400, body, headers),
  lost: (): Response => {
    throw new TypeError('fetch failed');
  },
};

/** Gives the answers one after the other; every token is good for `expiresIn` seconds. */
export function fakeService(given: readonly (() => Response)[], expiresIn = 3600): FakeService {
  const left = [...given];
  const service: FakeService = {
    asked: [],
    tokens: 0,
    async fetch(input, init) {
      const request = new Request(input, init);
      if (request.url.endsWith('/oauth/token')) {
        service.tokens += 1;
        return json(200, { access_token: `token-${service.tokens}`, expires_in: expiresIn });
      }
      service.asked.push(request);
      const next = left.shift();
      if (!next) throw new Error('The client asked more often than it was answered');
      return next();
    },
  };
  return service;
}
