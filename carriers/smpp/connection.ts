// One connection to an SMSC: connects, binds, is tried again and again while it stands, and unbinds.
import { setTimeout as delay } from 'node:timers/promises';
import type { Pdu, PduFields, Session } from 'smpp';
import type { AllowedHosts } from '../../egress/allowed-hosts.ts';
import { BindFailure, bind, codeOf, connect, connected } from './bind.ts';
import { answerInbound } from './inbound.ts';
import { type Answer, createRequests, type Requests } from './requests.ts';
import type { SmppSecrets, SmppSettings } from './settings.ts';

export interface Connection {
  /** False once it ends or is about to: what is under way may still be answered. */
  usable(): boolean;
  request(command: string, fields: PduFields, timeoutMs: number, onLate?: (pdu: Pdu) => void): Promise<Answer>;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  /** Tells the SMSC, and ends. */
  unbind(): Promise<void>;
  /** Ends at once. */
  destroy(): void;
}

const UNBIND_MS = 2_000;
/** When the SMSC unbinds, responses under way have this long to come. */
const DRAIN_MS = 1_500;
const DRAIN_LOOK_MS = 20;

/**
 * Connects and binds.
 * @param onDelivery judges a receipt or a message of a phone, by the command_status it is answered with
 * @param giveUp ends what is not bound yet
 * @throws BindFailure
 */
export async function openConnection(
  settings: SmppSettings,
  secrets: SmppSecrets,
  onDelivery: (pdu: Pdu) => Promise<number>,
  giveUp: AbortSignal,
  allowed: AllowedHosts,
): Promise<Connection> {
  const timeoutMs = settings.responseTimeoutSeconds * 1000;
  let usable = true;
  let error = '';
  const session = connect(settings, allowed);
  // In the same tick: without a listener an error ends the process. After one, the library reads nothing more.
  session.on('error', (cause: unknown) => {
    error ||= codeOf(cause);
    session.destroy();
  });
  const over = new AbortController();
  const ended = new Promise<void>((resolve) => {
    session.on('close', () => {
      usable = false;
      over.abort();
      resolve();
    });
  });
  const requests = createRequests(session);
  answerInbound(session, {
    onDelivery,
    async onUnbind() {
      usable = false;
      const deadline = Date.now() + DRAIN_MS;
      while (requests.waiting() > 0 && Date.now() < deadline) await delay(DRAIN_LOOK_MS);
    },
  });
  const stop = () => session.destroy();
  giveUp.addEventListener('abort', stop);
  try {
    if (giveUp.aborted) stop();
    await connected(session, settings, ended, timeoutMs);
    await bind(requests, settings, secrets, timeoutMs);
  } catch (failure) {
    session.destroy();
    if (failure instanceof BindFailure && failure.credentials) throw failure;
    const reason = failure instanceof BindFailure ? failure.message : 'the SMSC could not be reached';
    throw new BindFailure(error ? `${reason} (${error})` : reason);
  } finally {
    giveUp.removeEventListener('abort', stop);
  }
  void enquire(session, requests, settings, over.signal);
  return {
    usable: () => usable,
    request: requests.send,
    ended,
    async unbind() {
      usable = false;
      await requests.send('unbind', {}, UNBIND_MS);
      session.destroy();
      await ended;
    },
    destroy: () => session.destroy(),
  };
}

/** Idle or not: a peer that stands still is noticed by nothing else. */
async function enquire(session: Session, requests: Requests, settings: SmppSettings, signal: AbortSignal) {
  while (!signal.aborted) {
    await delay(settings.enquireLinkSeconds * 1000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const answer = await requests.send('enquire_link', {}, settings.responseTimeoutSeconds * 1000);
    if (answer.kind !== 'answered') session.destroy();
  }
}
