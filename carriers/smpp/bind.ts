// How a connection to an SMSC comes about: TCP or TLS, then the bind; and why it did not.
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type AllowedHosts, type Destination, guardFor } from '../../egress/allowed-hosts.ts';
import { NOT_PUBLIC } from '../host-settings.ts';
import { UnsoundLength } from './frames.ts';
import { commandId } from './pdu.ts';
import { HalfPdu } from './receive.ts';
import type { Requests } from './requests.ts';
import type { SmppSecrets, SmppSettings } from './settings.ts';
import { CREDENTIALS_REFUSED, statusName } from './status.ts';

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

/** Begins to connect. @throws BindFailure where it leads to an address that it may not connect to */
export function connect({ host, port, tls }: SmppSettings, { tlsKey }: SmppSecrets, allowed: AllowedHosts): Socket {
  const common = { host, port, noDelay: true, ...guarded({ host, port }, allowed) };
  if (!tls?.enabled) return connectTcp(common);
  const { ca, servername, certificate } = tls;
  return connectTls({
    ...common,
    rejectUnauthorized: true,
    ...(ca && { ca }),
    ...(servername && { servername }),
    ...(certificate && tlsKey && { cert: certificate, key: tlsKey }),
  });
}

function guarded(destination: Destination, allowed: AllowedHosts) {
  try {
    return guardFor(destination, allowed);
  } catch {
    throw new BindFailure(NOT_PUBLIC);
  }
}

/** With TLS, only once the handshake is done. Neither has a time-out of its own. @throws BindFailure */
export async function connected(socket: Socket, { tls }: SmppSettings, ended: Promise<unknown>, timeoutMs: number) {
  const timer = setTimeout(() => socket.destroy(), timeoutMs);
  const ready = new Promise<'ready'>((resolve) => {
    socket.once(tls?.enabled ? 'secureConnect' : 'connect', () => resolve('ready'));
  });
  const first = await Promise.race([ready, ended]);
  clearTimeout(timer);
  if (first !== 'ready') throw new BindFailure('the SMSC could not be reached');
}

/** What a connection is for. */
export type BindKind = 'transceiver' | 'transmitter' | 'receiver';

const versions = { '3.3': 0x33, '3.4': 0x34, '5.0': 0x50 } as const;

/** @throws BindFailure */
export async function bind(
  requests: Requests,
  kind: BindKind,
  settings: SmppSettings,
  { password }: SmppSecrets,
  timeoutMs: number,
) {
  const fields = {
    system_id: settings.systemId,
    password,
    system_type: settings.systemType,
    interface_version: versions[settings.interfaceVersion],
    addr_ton: settings.bindAddress.ton,
    addr_npi: settings.bindAddress.npi,
    address_range: settings.bindAddress.range,
  };
  const answer = await requests.send(`bind_${kind}`, fields, timeoutMs);
  if (answer.kind === 'silence') throw new BindFailure('the SMSC did not answer the bind');
  if (answer.kind !== 'answered') throw new BindFailure('the connection ended before the SMSC answered the bind');
  const { command_id: id, command_status: status } = answer.pdu;
  if (status === 0 && id !== commandId.genericNack) return;
  throw new BindFailure(`the SMSC refused the bind (${statusName(status)})`, CREDENTIALS_REFUSED.has(status));
}

/** A code of Node's, such as ECONNREFUSED or DEPTH_ZERO_SELF_SIGNED_CERT, or a sentence; messages may quote addresses. */
export function codeOf(error: unknown): string {
  if (error instanceof HalfPdu) return 'what came ends in the middle, or is no SMPP';
  if (error instanceof UnsoundLength) return 'what came is no SMPP';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'FORBIDDEN_ADDRESS') return NOT_PUBLIC;
  return /^[A-Z0-9_]{1,60}$/.test(code) ? code : '';
}
