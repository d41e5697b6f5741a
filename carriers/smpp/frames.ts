// Cuts what comes on a connection into PDUs by their command_length.

/** command_length, command_id, command_status and sequence_number. */
export const HEADER_OCTETS = 16;
/** One TLV may hold 65,535 octets; no PDU that a carrier is meant to read has two such. */
const MAX_PDU_OCTETS = 70_000;

/** After it nobody knows where the next PDU begins. */
export class UnsoundLength extends Error {
  override readonly name = 'UnsoundLength';
  readonly commandLength: number;

  constructor(commandLength: number) {
    super(`a command_length of ${commandLength}`);
    this.commandLength = commandLength;
  }
}

export interface Frames {
  /** The PDUs that are whole with these octets. @throws UnsoundLength after those before it */
  whole(octets: Buffer): Generator<Buffer>;
  /** Whether half a PDU waits for the rest. */
  waiting(): boolean;
}

export function createFrames(): Frames {
  let parts: Buffer[] = [];
  let length = 0;
  // Octets are put together once a PDU is whole, not with each that comes.
  let wanted = 4;
  return {
    *whole(octets) {
      parts.push(octets);
      length += octets.length;
      while (length >= wanted) {
        const [first = octets] = parts;
        const all = parts.length === 1 ? first : Buffer.concat(parts);
        const commandLength = all.readUInt32BE(0);
        if (commandLength < HEADER_OCTETS || commandLength > MAX_PDU_OCTETS) throw new UnsoundLength(commandLength);
        const whole = length >= commandLength;
        parts = [whole ? all.subarray(commandLength) : all];
        wanted = whole ? 4 : commandLength;
        if (!whole) return;
        length -= commandLength;
        yield all.subarray(0, commandLength);
      }
    },
    waiting: () => length > 0,
  };
}
