// Bytes from outside as text, in the charset they name: by their media type, by a byte order mark, or by an XML declaration.

/** What is in no charset we know, or names none, is read as UTF-8; what cannot be read becomes U+FFFD. Never throws. */
export function decodeText(bytes: Uint8Array, mediaType = ''): string {
  const named = /;\s*charset\s*=\s*"?([\w.:+-]{1,40})/i.exec(mediaType)?.[1];
  return decoderFor(markOf(bytes) ?? named ?? declaredIn(bytes)).decode(bytes);
}

function markOf([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** `<?xml version="1.0" encoding="ISO-8859-1"?>` */
function declaredIn(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 100)).toString('latin1');
  return /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head)?.[1];
}

function decoderFor(label: string | undefined): { decode(bytes: Uint8Array): string } {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
