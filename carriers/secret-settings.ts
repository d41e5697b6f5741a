// Where the secrets of a carrier go: what must stay the same for kept ones to stay, since they were given for that place alone.
import { httpSecretPlaces } from './http/secret-places.ts';
import { type CarrierType, carrierSchemas } from './settings.ts';
import type { SmppSettings } from './smpp/settings.ts';
import type { TwilioSettings } from './twilio/settings.ts';
import type { VonageSettings } from './vonage/settings.ts';

/** One place, and the setting that says so. */
export interface SecretPlace {
  readonly setting: string;
  readonly place: string;
}

const named = (settings: object): SecretPlace[] =>
  Object.entries(settings).map(([setting, value]) => ({ setting, place: JSON.stringify([setting, value ?? null]) }));

/** By type: host, port, TLS, account, and whatever else decides who learns a secret. */
const places = {
  sandbox: () => [],
  smpp: ({ host, port, receiverPort, tls, systemId }: SmppSettings) =>
    named({ host, port, receiverPort, tls, systemId }),
  twilio: ({ accountSid, baseUrl, region, edge }: TwilioSettings) => named({ accountSid, baseUrl, region, edge }),
  vonage: ({ apiKey, applicationId, restUrl, apiUrl }: VonageSettings) =>
    named({ apiKey, applicationId, restUrl, apiUrl }),
  http: httpSecretPlaces,
} as const satisfies Readonly<Record<CarrierType, (settings: never) => SecretPlace[]>>;

/** The settings by which secrets would go where they have not gone before, each once. Both kinds are as they were given. */
export function movedSecrets(type: CarrierType, before: unknown, after: unknown): string[] {
  const known = new Set(placesOf(type, before).map(({ place }) => place));
  const moved = placesOf(type, after).filter(({ place }) => !known.has(place));
  return [...new Set(moved.map(({ setting }) => setting))];
}

/** None for settings that are not usable (any more): nothing is known of where they led. */
function placesOf(type: CarrierType, settings: unknown): SecretPlace[] {
  const { data } = carrierSchemas[type].settings.safeParse(settings);
  return data ? (places[type] as (settings: unknown) => SecretPlace[])(data) : [];
}
