// The SMPP carrier: hands messages to an SMSC part by part, and takes its receipts (docs/carriers-smpp.md).
import { randomInt } from 'node:crypto';
import type { AllowedHosts } from '../../egress/allowed-hosts.ts';
import {
  type Acceptance,
  type Carrier,
  CarrierUnavailable,
  type OutgoingMessage,
  type TakeReceipt,
} from '../carrier.ts';
import { keepBinds } from './binds.ts';
import { type ConnectionDeps, openConnection } from './connection.ts';
import { createDeliveries } from './deliveries.ts';
import { openPair } from './pair.ts';
import { createPartSender } from './part.ts';
import { createPartsSender } from './parts.ts';
import { createPduLog } from './pdu-log.ts';
import { type SmppSecrets, type SmppSettings, SPECIFIED_PASSWORD, smppProblem } from './settings.ts';
import { unsendable } from './submit.ts';
import { encodeText } from './text.ts';
import { createThrottle } from './throttle.ts';

export interface SmppLog {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}

export interface SmppDeps {
  readonly takeReceipt: TakeReceipt;
  readonly logger?: SmppLog | undefined;
  /** How many of the binds are this process's; all where it is alone. */
  readonly binds?: number | undefined;
  /** Where it may connect to beside the public internet; anywhere unless told otherwise. */
  readonly allowedHosts?: AllowedHosts | undefined;
  /** In ms since the epoch. */
  readonly now?: (() => number) | undefined;
}

const silent: SmppLog = { info: () => undefined, warn: () => undefined };

/** Connects at once, and again for as long as it is not closed. */
export function createSmppCarrier(name: string, settings: SmppSettings, secrets: SmppSecrets, deps: SmppDeps): Carrier {
  const { takeReceipt, logger = silent, allowedHosts = 'anywhere', now = Date.now } = deps;
  const log = {
    info: (message: string) => logger.info(message, { carrier: name }),
    warn: (message: string, fields?: Record<string, unknown>) => logger.warn(message, { ...fields, carrier: name }),
  };
  const deliveries = createDeliveries(settings, takeReceipt, log);
  const events = { onDelivery: deliveries.take, ...createPduLog(log) };
  const connecting = { settings, secrets, events, allowed: allowedHosts };
  const problem = smppProblem(settings, secrets);
  if (problem) throw new Error(problem);
  if (secrets.password.length > SPECIFIED_PASSWORD) {
    log.warn('The password is longer than the 8 characters of SMPP 3.4: it is sent whole, and the SMSC may refuse it');
  }
  const binds = keepBinds({
    count: deps.binds ?? settings.binds,
    window: settings.window,
    reconnectMaxMs: settings.reconnectMaxSeconds * 1000,
    open: (giveUp) => openBind(connecting, giveUp),
    log,
  });
  const sendPart = createPartSender({ settings, binds, throttle: createThrottle(now), now });
  const sendParts = createPartsSender(sendPart, now);
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  return {
    name,
    receipts: settings.registeredDelivery !== 0,
    ...(settings.receiptsFor && { receiptsSpeakFor: settings.receiptsFor }),
    async send(message, idempotencyKey) {
      if (closed) throw new CarrierUnavailable('the carrier is being stopped');
      const sending = send(message, idempotencyKey);
      underWay.add(sending);
      try {
        return await sending;
      } finally {
        underWay.delete(sending);
      }
    },
    holdBinds: (count) => binds.hold(count),
    connections: () => binds.standing(),
    close() {
      // Every send ends within its own time.
      closed ??= Promise.allSettled(underWay).then(() => binds.close());
      return closed;
    },
  };

  async function send(message: OutgoingMessage, idempotencyKey: string): Promise<Acceptance> {
    const problem = unsendable(message);
    if (problem) throw problem;
    const { messages, parts } = encodeText(message.text, settings, randomInt(256));
    // A receipt of one part among others tells too little of the message.
    const whole = messages.length === 1 ? deliveries.awaitReceipts(message.recipient, idempotencyKey) : {};
    const messageIds = await sendParts(message, messages, whole);
    return { messageIds, parts };
  }
}

/** One transceiver, or a pair that stands for one. */
function openBind({ settings, ...rest }: ConnectionDeps, giveUp: AbortSignal) {
  if (settings.bindMode === 'transceiver') return openConnection({ settings, ...rest }, 'transceiver', giveUp);
  const { port, receiverPort = port } = settings;
  return openPair((kind) => {
    const to = { ...settings, port: kind === 'receiver' ? receiverPort : port };
    return openConnection({ settings: to, ...rest }, kind, giveUp);
  });
}
