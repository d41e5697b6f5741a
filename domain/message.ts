// The message of a verification: its template rendered and measured, since its price depends on the parts.

import type { Method } from './method.ts';
import { type MessageSize, measureMessage } from './parts.ts';
import { fillCode, hasPin, renderSegments, type Segment } from './template.ts';
import { characters } from './text.ts';
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

/** Why a message cannot be sent: a sentence about its template. */
export interface MessageProblem {
  readonly problem: string;
}

/** In characters, the code as `digits` zeros: about two minutes of speech. */
export const MOST_SPOKEN = 1_600;

export const NO_PIN = 'must contain @@pin, the place of the code';

/** The message in segments, or why it is `invalidTemplate`: no `@@pin`, or longer than allowed. */
export function renderMessage(request: RenderRequest): RenderedMessage | MessageProblem {
  const { template, digits, maxParts, language } = request;
  if (!hasPin(template)) return { problem: NO_PIN };
  const text = renderSegments(template, request.arguments);
  if (request.method === 'voice') {
    const problem = spokenProblem(text, digits);
    // A call is one part, whatever it says.
    return problem ?? { encoding: 'UCS-2', parts: 1, segments: text, ...(language && { language }) };
  }
  const segments = [...text, ...webOtpLine(request.webOtpDomain)];
  const size = measureMessage(segments, digits);
  if (size.parts <= maxParts) return { ...size, segments };
  return { problem: `takes ${size.parts} parts; this application allows ${maxParts}` };
}

/** Why a text is too long for a call, with its code as `digits` zeros. */
export function spokenProblem(segments: readonly Segment[], digits: number): MessageProblem | undefined {
  const spoken = characters(fillCode(segments, '0'.repeat(digits)));
  if (spoken <= MOST_SPOKEN) return undefined;
  return { problem: `has ${spoken} characters with its values; a call says ${MOST_SPOKEN} at most` };
}
