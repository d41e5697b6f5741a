// The octets that a piece of a form or a query stands for (RFC 3986 2.1).

/** A percent sign that begins none stands for itself. @param piece its bytes, one to a character */
export function octetsOf(piece: string): Buffer {
  const text = piece.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}
