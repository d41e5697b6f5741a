// Builds a request of a configuration for values, as the http carrier does.
import { outgoingRequest } from '../../carriers/http-outgoing.ts';
import type { HttpRequest } from '../../carriers/http-request.ts';
import { authenticationSettings, requestSettings } from '../../carriers/http-request-settings.ts';

export function built(
  request: object,
  values: Readonly<Record<string, string | undefined>>,
  authentication?: object,
  secrets: Readonly<Record<string, string>> = {},
): HttpRequest {
  return outgoingRequest(
    requestSettings.parse({ url: 'https://gateway.example/send', ...request }),
    { authentication: authentication && authenticationSettings.parse(authentication) },
    values,
    secrets,
  );
}
