// One connection to an SMSC: connects, binds, is tried again and again while it stands, and unbinds.
import { setTimeout as delay } from 'node:timers/promises';
import smpp, { type Pdu, type PduFields, type Session } from 'smpp';
import { answerInbound } from './smpp-inbound.ts';
import { INTERFACE_VERSION } from './smpp-protocol.ts';
import { type Answer, createRequests, type Requests } from './smpp-requests.ts';
import type { SmppSecrets, SmppSettings } from './smpp-settings.ts';
import { CREDENTIALS_REFUSED, statusName } from './smpp-status.ts';

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

/** A connection that did not come about; nothing in it is secret. */
export class BindFailure extends Error {
  override readonly name = 'BindFailure';
  /** A refusal that only another setting changes. */
  readonly credentials: boolean;

  constructor(reason: string, credentials = false) {
    super(reason);
    this.credentials = credentials;
  }
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
): Promise<Connection> {
  const timeoutMs = settings.responseTimeoutSeconds * 1000;
  let usable = true;
  let error = '';
  const session = connect(settings);
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

function connect({ host, port, tls }: SmppSettings): Session {
  const common = { host, port, noDelay: true };
  if (!tls?.enabled) return smpp.connect(common);
  const { ca, servername } = tls;
  return smpp.connect({
    ...common,
    tls: true,
    rejectUnauthorized: true,
    ...(ca && { ca }),
    ...(servername && { servername }),
  });
}

/** With TLS, only once the handshake is done. The library has no time-out for it. */
async function connected(session: Session, { tls }: SmppSettings, ended: Promise<void>, timeoutMs: number) {
  const timer = setTimeout(() => session.destroy(), timeoutMs);
  const ready = new Promise<'ready'>((resolve) => {
    session.on(tls?.enabled ? 'secureConnect' : 'connect', () => resolve('ready'));
  });
  const first = await Promise.race([ready, ended]);
  clearTimeout(timer);
  if (first !== 'ready') throw new BindFailure('the SMSC could not be reached');
}

async function bind(requests: Requests, settings: SmppSettings, { password }: SmppSecrets, timeoutMs: number) {
  const fields = {
    system_id: settings.systemId,
    password,
    system_type: settings.systemType,
    interface_version: INTERFACE_VERSION,
    addr_ton: 0,
    addr_npi: 0,
    address_range: '',
  };
  const answer = await requests.send('bind_transceiver', fields, timeoutMs);
  if (answer.kind !== 'answered') throw new BindFailure('the SMSC did not answer the bind');
  const { command_status: status } = answer.pdu;
  if (status === 0 && answer.pdu.command === 'bind_transceiver_resp') return;
  throw new BindFailure(`the SMSC refused the bind (${statusName(status)})`, CREDENTIALS_REFUSED.has(status));
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

/** A code of Node's, such as ECONNREFUSED or DEPTH_ZERO_SELF_SIGNED_CERT; messages may quote addresses. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'what came is no SMPP';
}
