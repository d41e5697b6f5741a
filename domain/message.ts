// The message of a verification: its template rendered and measured, since its price depends on the parts.

import { type MessageSize, measureMessage } from './parts.ts';
import type { Method } from './phone.ts';
import { hasPin, renderSegments, type Segment } from './template.ts';

export interface RenderRequest {
  readonly template: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly method: Method;
  readonly digits: number;
  readonly maxParts: number;
}

/** India's TRAI/DLT ids, digits only, handed on as they came. */
export interface Restrictions {
  readonly contentTemplateId?: string;
  readonly principalEntityId?: string;
}

export type RenderedMessage = MessageSize & { readonly segments: readonly Segment[] };

/** The message in segments, or `invalidTemplate`: no `@@pin`, or more parts than allowed. */
export function renderMessage(request: RenderRequest): RenderedMessage | 'invalidTemplate' {
  if (!hasPin(request.template)) return 'invalidTemplate';
  const segments = renderSegments(request.template, request.arguments);
  const size = measureMessage(segments, request.digits);
  if (request.method === 'voice') return { ...size, parts: 1, segments };
  return size.parts > request.maxParts ? 'invalidTemplate' : { ...size, segments };
}
