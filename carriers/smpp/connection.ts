// One connection to an SMSC: connects, binds, is tried again and again while it stands, and unbinds.
import { setTimeout as delay } from 'node:timers/promises';
import type { AllowedHosts } from '../../egress/allowed-hosts.ts';
import { BindFailure, type BindKind, bind, codeOf, connect, connected } from './bind.ts';
import { UnsoundLength } from './frames.ts';
import { createInbound } from './inbound.ts';
import { isResponse, type Pdu } from './pdu.ts';
import type { PduFields } from './protocol.ts';
import { receive } from './receive.ts';
import { type Answer, createRequests } from './requests.ts';
import type { SmppSecrets, SmppSettings } from './settings.ts';

export interface Connection {
  /** False once it ends or is about to: what is under way may still be answered. */
  usable(): boolean;
  request(command: string, fields: PduFields, timeoutMs: number, onLate?: (pdu: Pdu) => void): Promise<Answer>;
  /** Resolves when it has ended, with the reason, which may be empty: a code of Node's, or half a sentence. */
  readonly ended: Promise<string>;
  /** Tells the SMSC, and ends. */
  unbind(): Promise<void>;
  /** Ends at once. */
  destroy(): void;
}

const UNBIND_MS = 2_000;
/** When the SMSC unbinds, responses under way have this long to come. */
const DRAIN_MS = 1_500;
const DRAIN_LOOK_MS = 20;

export interface ConnectionEvents {
  /** A receipt or a message of a phone: resolves with the command_status it is answered with. */
  onDelivery(pdu: Pdu): Promise<number>;
  /** Something of it could not be read. */
  onUnread(pdu: Pdu): void;
  /** What came has no sound length, and the connection ends. */
  onUnsound(commandLength: number): void;
}

export interface ConnectionDeps {
  readonly settings: SmppSettings;
  readonly secrets: SmppSecrets;
  readonly events: ConnectionEvents;
  readonly allowed: AllowedHosts;
}

/**
 * Connects and binds.
 * @param giveUp ends what is not bound yet
 * @throws BindFailure
 */
export async function openConnection(
  { settings, secrets, events, allowed }: ConnectionDeps,
  kind: BindKind,
  giveUp: AbortSignal,
): Promise<Connection> {
  const { onDelivery, onUnread, onUnsound } = events;
  const timeoutMs = settings.responseTimeoutSeconds * 1000;
  let usable = true;
  let error = '';
  let heardAt = 0;
  const socket = connect(settings, secrets, allowed);
  const end = (reason: string) => {
    error ||= reason;
    socket.destroy();
  };
  // In the same tick: without a listener an error ends the process.
  socket.on('error', (cause: unknown) => end(codeOf(cause)));
  const requests = createRequests(socket);
  const over = new AbortController();
  const ended = new Promise<string>((resolve) => {
    socket.on('close', () => {
      usable = false;
      over.abort();
      requests.ended();
      resolve(error);
    });
  });
  const answer = createInbound(socket, {
    onDelivery,
    async onUnbind() {
      usable = false;
      const deadline = Date.now() + DRAIN_MS;
      while (requests.waiting() > 0 && Date.now() < deadline) await delay(DRAIN_LOOK_MS);
    },
  });
  receive(socket, {
    onPdu(pdu) {
      heardAt = Date.now();
      if (pdu.unread.length > 0) onUnread(pdu);
      if (isResponse(pdu)) requests.answered(pdu);
      else answer(pdu);
    },
    onBroken(cause) {
      if (cause instanceof UnsoundLength) onUnsound(cause.commandLength);
      end(codeOf(cause));
    },
  });
  const stop = () => socket.destroy();
  giveUp.addEventListener('abort', stop);
  try {
    if (giveUp.aborted) stop();
    await connected(socket, settings, ended, timeoutMs);
    await bind(requests, kind, settings, secrets, timeoutMs);
  } catch (failure) {
    socket.destroy();
    if (failure instanceof BindFailure && failure.credentials) throw failure;
    const reason = failure instanceof BindFailure ? failure.message : 'the SMSC could not be reached';
    throw new BindFailure(error ? `${reason} (${error})` : reason);
  } finally {
    giveUp.removeEventListener('abort', stop);
  }
  void enquire();
  return {
    usable: () => usable,
    request: requests.send,
    ended,
    async unbind() {
      usable = false;
      await requests.send('unbind', {}, UNBIND_MS);
      socket.destroy();
      await ended;
    },
    destroy: () => socket.destroy(),
  };

  /** Idle or not: a peer that stands still is noticed by nothing else. Whatever else it says meanwhile, it does not. */
  async function enquire(): Promise<void> {
    while (!over.signal.aborted) {
      await delay(settings.enquireLinkSeconds * 1000, undefined, { signal: over.signal }).catch(() => undefined);
      if (over.signal.aborted) return;
      const askedAt = Date.now();
      const answer = await requests.send('enquire_link', {}, timeoutMs);
      if (answer.kind !== 'answered' && heardAt < askedAt) end('it did not answer enquire_link');
    }
  }
}
