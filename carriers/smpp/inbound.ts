// What an SMSC asks of us by itself, and how each is answered.
import type { Socket } from 'node:net';
import { commandId, type Pdu, responseTo } from './pdu.ts';
import { isRequest, status, writeResponse } from './protocol.ts';

export interface InboundEvents {
  /** A receipt, or a message of a phone: resolves with the command_status it is answered with. */
  onDelivery(pdu: Pdu): Promise<number>;
  /** The SMSC wants the connection to end: it is answered once this has resolved. */
  onUnbind(): Promise<void>;
}

/** alert_notification and outbind have no response. */
const UNANSWERED: ReadonlySet<number> = new Set([commandId.alertNotification, commandId.outbind]);

/** Answers every request of the SMSC. */
export function createInbound(socket: Socket, { onDelivery, onUnbind }: InboundEvents): (pdu: Pdu) => void {
  return (pdu) => {
    if (UNANSWERED.has(pdu.command_id)) return;
    answer(pdu).catch(() => socket.destroy());
  };

  async function answer(pdu: Pdu): Promise<void> {
    const { command_id: id, sequence_number: sequence } = pdu;
    const respond = (commandStatus: number) => {
      if (socket.writable) socket.write(writeResponse(responseTo(id), commandStatus, sequence));
    };
    switch (id) {
      case commandId.enquireLink:
        return respond(status.ok);
      case commandId.deliverSm:
      case commandId.dataSm:
        // Whatever became of it, it is no reason to end the connection.
        return respond(await onDelivery(pdu).catch(() => status.tryAgain));
      case commandId.unbind:
        await onUnbind();
        respond(status.ok);
        socket.end();
        return;
      default:
        if (isRequest(id)) return respond(status.invalidCommand);
        if (socket.writable) socket.write(writeResponse(commandId.genericNack, status.invalidCommand, sequence));
    }
  }
}
