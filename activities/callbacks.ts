// The activity that tells an application how a verification ended: one signed attempt, the workflow repeats it.
import type { CallbackOutcome } from '../domain/callback-schedule.ts';
import type { CallbackAllowList } from '../domain/callback-url.ts';
import { liveSecrets } from '../domain/live-secret.ts';
import type { Status } from '../domain/verification.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { openText, type SealedText } from '../secrets/recipient.ts';
import { webhookHeaders } from '../secrets/webhook-signature.ts';
import { findApplication } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import { guarded } from './failures.ts';
import { postJson } from './post-json.ts';

/** What the receiver is told (CONTRACT "Status callback"). */
export interface CallbackEvent {
  readonly applicationId: string;
  readonly trackingId: string;
  readonly recipient: string;
  readonly status: Status;
  /** ISO 8601. */
  readonly updatedAt: string;
}

export interface CallbackRequest {
  readonly url: string;
  readonly event: CallbackEvent;
}

/** A callback that is still to be started. */
export interface OwedCallback extends CallbackRequest {
  readonly accountId: string;
}

/** `paused`: the operator holds this endpoint back, nothing was sent. */
export type CallbackAttempt = CallbackOutcome | { readonly kind: 'paused' };

export interface CallbackActivities {
  /** Never throws for anything the receiver does; a database that is away is thrown, and the engine repeats. */
  postCallback(request: CallbackRequest): Promise<CallbackAttempt>;
}

export interface CallbackDeps {
  readonly database: Database;
  readonly ring: KeyRing;
  /** `host:port` pairs that may be private, for local use. */
  readonly allowedHosts: CallbackAllowList;
}

export function createCallbackActivities(deps: CallbackDeps): CallbackActivities {
  const activities: CallbackActivities = {
    async postCallback({ url, event }) {
      const endpoint = (await findApplication(deps.database, event.applicationId))?.callback;
      // Whoever took the URL away wants no more callbacks.
      if (endpoint?.url === undefined) return { kind: 'failed', reason: 'endpointRemoved' };
      if (endpoint.paused) return { kind: 'paused' };
      return await postEvent(deps, url, liveSecrets(endpoint.secrets, Date.now()), event);
    },
  };
  return guarded(activities, 'CallbackNotAttempted');
}

/** Signs an event with every live secret of its application and posts it once. */
export async function postEvent(
  { ring, allowedHosts }: Pick<CallbackDeps, 'ring' | 'allowedHosts'>,
  url: string,
  sealed: readonly SealedText[],
  { applicationId, trackingId, recipient, status, updatedAt }: CallbackEvent,
): Promise<CallbackOutcome> {
  const secrets = sealed.map((secret) => openText(ring, secret, applicationId));
  const body = JSON.stringify({ applicationId, trackingId, recipient, status, updatedAt });
  const headers = webhookHeaders(secrets, trackingId, Math.floor(Date.now() / 1000), body);
  return await postJson(url, headers, body, allowedHosts);
}
