// The message of a verification: its template rendered and measured, since its price depends on the parts.

import { type MessageSize, measureMessage } from './parts.ts';
import type { Method } from './phone.ts';
import { fillCode, hasPin, renderSegments, type Segment } from './template.ts';
import { webOtpLine } from './web-otp.ts';

export interface RenderRequest {
  readonly template: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly method: Method;
  readonly digits: number;
  readonly maxParts: number;
  /** What a call speaks, as a BCP 47 tag. */
  readonly language?: string;
  /** Ends an SMS with the WebOTP line for this site. */
  readonly webOtpDomain?: string;
}

/** India's TRAI/DLT ids, digits only, handed on as they came. */
export interface Restrictions {
  readonly contentTemplateId?: string;
  readonly principalEntityId?: string;
}

export type RenderedMessage = MessageSize & { readonly segments: readonly Segment[]; readonly language?: string };

/** No encoding puts more characters into one part. */
const MOST_CHARACTERS_PER_PART = 160;

/** The message in segments, or `invalidTemplate`: no `@@pin`, or more parts than allowed. */
export function renderMessage(request: RenderRequest): RenderedMessage | 'invalidTemplate' {
  if (!hasPin(request.template)) return 'invalidTemplate';
  const { language } = request;
  const text = renderSegments(request.template, request.arguments);
  // A call is one part however long; and nothing is measured that cannot fit, since measuring takes time with length.
  if (request.method === 'voice') return { encoding: 'UCS-2', parts: 1, segments: text, ...(language && { language }) };
  const segments = [...text, ...webOtpLine(request.webOtpDomain)];
  const longest = request.maxParts * MOST_CHARACTERS_PER_PART;
  if (fillCode(segments, '0'.repeat(request.digits)).length > longest) return 'invalidTemplate';
  const size = measureMessage(segments, request.digits);
  return size.parts > request.maxParts ? 'invalidTemplate' : { ...size, segments };
}
