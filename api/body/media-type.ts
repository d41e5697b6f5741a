// What a Content-Type says: the media type in small letters, and the charset if one is named.

export interface MediaType {
  /** Such as `application/json`; empty where none was sent. */
  readonly type: string;
  /** Such as `utf-8`, in small letters. */
  readonly charset?: string;
}

/** Lenient where it does no harm: what stands behind the type may be as odd as clients make it. */
export function mediaTypeOf(header: string): MediaType {
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim());
  const named = parameters.map((parameter) => /^charset\s*=\s*["']?([^"']*)["']?$/i.exec(parameter)?.[1]?.trim());
  const charset = named.find((each) => each !== undefined && each !== '');
  return { type: type.toLowerCase(), ...(charset !== undefined && { charset: charset.toLowerCase() }) };
}

/** Whether a media type is one of these, of which those with a leading `+` are endings. */
export const isOneOf = (type: string, allowed: readonly string[]): boolean =>
  allowed.some((each) => (each.startsWith('+') ? type.endsWith(each) : type === each));
