// What an SMSC asks of us by itself, and how each is answered: the library answers nothing.
import type { Pdu, Session } from 'smpp';
import { status } from './protocol.ts';

export interface InboundEvents {
  /** A receipt, or a message of a phone: resolves with the command_status it is answered with. */
  onDelivery(pdu: Pdu): Promise<number>;
  /** The SMSC wants the connection to end: it is answered once this has resolved. */
  onUnbind(): Promise<void>;
}

/** alert_notification and outbind have no response. */
const UNANSWERED: ReadonlySet<string> = new Set(['alert_notification', 'outbind']);

/** Answers every request of the SMSC. Nothing thrown here may reach the library: it would end the process. */
export function answerInbound(session: Session, events: InboundEvents): void {
  session.on('pdu', (pdu: Pdu) => {
    if (pdu.isResponse() || UNANSWERED.has(pdu.command)) return;
    answer(session, pdu, events).catch(() => session.destroy());
  });
}

async function answer(session: Session, pdu: Pdu, { onDelivery, onUnbind }: InboundEvents): Promise<void> {
  switch (pdu.command) {
    case 'enquire_link':
      session.send(pdu.response());
      return;
    case 'deliver_sm':
    case 'data_sm':
      session.send(pdu.response({ command_status: await onDelivery(pdu) }));
      return;
    case 'unbind':
      await onUnbind();
      session.send(pdu.response());
      session.close();
      return;
    default:
      session.send(pdu.response({ command_status: status.invalidCommand }));
  }
}
