// What is allowed in an application's settings and yet risky, as sentences for whoever sets it.
import type { ApplicationSettings } from './settings.ts';

const DAY_SECONDS = 86_400;

/** One sentence each; none where nothing is risky. */
export function settingsWarnings({
  tokenLifetimeInSeconds,
}: Pick<ApplicationSettings, 'tokenLifetimeInSeconds'>): string[] {
  if (tokenLifetimeInSeconds <= DAY_SECONDS) return [];
  const days = Math.round(tokenLifetimeInSeconds / DAY_SECONDS);
  return [
    `An access token now lives ${days} days, and whoever finds one has the application for so long: keep it like a secret. ` +
      'It ends early only by revoke-tokens, when the secret it was made with is rotated or removed, when the application is ' +
      'disabled or deleted, or when its key leaves the key ring. A shorter life set later ends none that is there.',
  ];
}
