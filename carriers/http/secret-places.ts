// Where the secrets of an http carrier go: the address of each request that carries some, and where they stand in it.
import type { SecretPlace } from '../secret-settings.ts';
import type { HttpSettings } from './settings.ts';
import { authenticationTemplates, requestsOf, templatesOf } from './settings-check.ts';
import { namesIn } from './template.ts';

/** Whether a request is for SMS, calls or look-ups is of no matter: its address and the places in it are. */
export function httpSecretPlaces(settings: HttpSettings): SecretPlace[] {
  const { baseUrl = '', authentication } = settings;
  const authenticated = authentication && [
    ...authenticationTemplates(authentication).map(({ path, text }) => [path, text]),
    ['hmac', authentication.hmac],
  ];
  return requestsOf(settings).flatMap(({ path, request }) => {
    const address = request.url.startsWith('/') ? `${baseUrl}${request.url}` : request.url;
    const inside = templatesOf(request, []).filter(({ text }) =>
      namesIn(text).some((name) => name.startsWith('secret.')),
    );
    // The address says it whole, wherever its parts stand.
    const found: unknown[] = inside.map((each) => (each.path[0] === 'url' ? 'url' : [each.path, each.text]));
    if (authenticated) found.push(authenticated);
    return found.map((place) => ({ setting: path.join('.'), place: JSON.stringify([address, place]) }));
  });
}
