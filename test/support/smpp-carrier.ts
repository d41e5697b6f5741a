// An SMPP carrier for the SMSC of the tests, with what it reported and said.
import {
  type Acceptance,
  type Carrier,
  CarrierFault,
  CarrierUnavailable,
  type OutgoingMessage,
} from '../../carriers/carrier.ts';
import { createSmppCarrier } from '../../carriers/smpp/carrier.ts';
import { smppSettings } from '../../carriers/smpp/settings.ts';
import { measureMessage } from '../../domain/parts.ts';
import type { Receipt } from '../../domain/receipt.ts';
import { eventually } from './eventually.ts';
import type { Smsc } from './smsc.ts';

export const PASSWORD = 'pa55word';

export interface TestedCarrier {
  readonly carrier: Carrier;
  /** What was taken, in the order it came. */
  readonly receipts: Receipt[];
  /** Every line of its log, with its fields. */
  readonly log: string[];
  close(): Promise<void>;
}

export interface CarrierChanges {
  /** What differs from the defaults. */
  readonly settings?: object;
  readonly password?: string;
  readonly binds?: number;
  /** In place of keeping every receipt. */
  takeReceipt?(receipt: Receipt): Promise<void>;
}

/** Quick to find a dead peer and to come back, since tests wait for both. */
const QUICK = { systemId: 'twostep', responseTimeoutSeconds: 2, enquireLinkSeconds: 1, reconnectMaxSeconds: 1 };

/** Not bound yet when it returns, as in life. */
export function smppCarrier({ host, port }: Pick<Smsc, 'host' | 'port'>, changes: CarrierChanges = {}): TestedCarrier {
  const { settings = {}, password = PASSWORD, binds, takeReceipt } = changes;
  const [receipts, log]: [Receipt[], string[]] = [[], []];
  const write = (message: string, fields?: object) => void log.push(`${message} ${JSON.stringify(fields)}`);
  const carrier = createSmppCarrier(
    'operator',
    smppSettings.parse({ ...QUICK, host, port, ...settings }),
    { password },
    {
      takeReceipt: takeReceipt ?? (async (receipt) => void receipts.push(receipt)),
      logger: { info: write, warn: write },
      binds,
    },
  );
  return { carrier, receipts, log, close: async () => await carrier.close?.() };
}

/**
 * Waits until so many connections are bound, as both sides see it: the SMSC may not have noticed yet that those of a test before
 * have ended.
 */
export async function bound(smsc: Smsc, tested?: TestedCarrier, count = 1): Promise<void> {
  await eventually(`${count} bound`, async () => {
    const standing = (await smsc.binds()).filter(({ status, endedAt }) => status === 0 && endedAt === null);
    const made = tested?.log.filter((line) => line.startsWith('The SMSC is bound')).length ?? count;
    return made >= count && standing.length >= count;
  });
}

export const RECIPIENT = '+306948530920';
export const TEXT = 'Your code: 482915';

/** A message with its parts counted as they are paid for. */
export function outgoing(changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const text = changes.text ?? TEXT;
  return {
    trackingId: 'tracking',
    accountId: 'account',
    recipient: RECIPIENT,
    originator: 'Twostep',
    method: 'sms',
    text,
    parts: measureMessage([{ text }], 6).parts,
    validForSeconds: 300,
    attempt: 1,
    ...changes,
  };
}

/** Sends until it is accepted: what is refused for now, or for everybody, is sent again. */
export async function sendAtLast(carrier: Carrier): Promise<Acceptance> {
  return await eventually('a send is accepted', () =>
    carrier.send(outgoing(), 'key').catch((error: unknown) => {
      if (error instanceof CarrierUnavailable || error instanceof CarrierFault) return undefined;
      throw error;
    }),
  );
}
