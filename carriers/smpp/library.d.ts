// What we use of the package `smpp`, which comes without types; docs/decisions/016-smpp-library.md says how it must be used.
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { ConnectionOptions } from 'node:tls';

  /** A field is there only if it was sent. Messages and TLVs are buffers once the decision is followed. */
  export interface Pdu {
    readonly command: string;
    readonly command_id: number;
    readonly command_status: number;
    /** 0 until it is sent. */
    readonly sequence_number: number;
    readonly [field: string]: unknown;
    isResponse(): boolean;
    /** Its `_resp`, or generic_nack for a command nobody knows. */
    response(fields?: PduFields): Pdu;
  }

  export type PduFields = Readonly<Record<string, string | number | Buffer>>;

  export interface Session extends EventEmitter {
    /** Requests that wait for their response, by sequence number; nothing but a response ever takes one away. */
    readonly _callbacks: Record<number, ((response: Pdu) => void) | undefined>;
    /** False when the socket cannot be written to; then the callback is never called. Throws on fields it cannot write. */
    send(pdu: Pdu, onResponse?: (response: Pdu) => void): boolean;
    /** Ends the connection once what was written is out. */
    close(): void;
    destroy(): void;
  }

  interface FieldType {
    readonly size: (value: never) => number;
  }

  const smpp: {
    connect(options: { host: string; port: number; tls?: boolean; noDelay?: boolean } & ConnectionOptions): Session;
    PDU: new (command: string, fields?: PduFields) => Pdu;
    addTLV(name: string, tlv: { id: number; type: FieldType }): void;
    readonly types: { readonly buffer: FieldType; readonly tlv: { readonly buffer: FieldType } };
    readonly commands: Record<string, { params: Record<string, { type: FieldType; filter?: unknown }> }>;
    readonly errors: Readonly<Record<string, number>>;
  };
  export default smpp;
}
