// Which callback URLs are accepted at all; where a name leads is checked again when it is connected to.

/** What an operator allows beyond the rule: exact `host:port` pairs, for receivers on private addresses. */
export type CallbackAllowList = readonly string[];

/** The host and port of a URL as the allow-list names them. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

/** A sentence that says what is wrong with a callback URL, or undefined. */
export function callbackUrlProblem(text: string, allowed: CallbackAllowList): string | undefined {
  if (!URL.canParse(text)) return 'must be a URL';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must be an http or https URL';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (allowed.includes(hostAndPort(url))) return undefined;
  if (url.port !== '') return `must use the default port, unless CALLBACK_ALLOWED_HOSTS names ${hostAndPort(url)}`;
  return undefined;
}
