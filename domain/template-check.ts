// What an operator is told about a template before it is used: whether it may be, how it travels, how many parts it takes.
import { beyondGsm } from './gsm-alphabet.ts';
import { NO_PIN, spokenProblem } from './message.ts';
import type { Method } from './method.ts';
import { type MessageSize, measureMessage } from './parts.ts';
import { fillCode, hasPin, PIN, placeholders, renderSegments } from './template.ts';
import { webOtpLine } from './web-otp.ts';

export interface TemplateQuestion {
  readonly template: string;
  readonly method: Method;
  readonly digits: number;
  readonly maxParts: number;
  readonly webOtpDomain?: string | undefined;
}

export interface TemplateCheck {
  /** Sentences; none for a template that may be used. */
  readonly problems: readonly string[];
  /** Names whose values the request gives; they are counted as they stand, since values have lengths of their own. */
  readonly placeholders: readonly string[];
  /** Of an SMS. */
  readonly encoding?: MessageSize['encoding'];
  /** What makes an SMS UCS-2, each character once. */
  readonly ucs2Characters: readonly string[];
  /** With the code as `digits` zeros and the WebOTP line; a call is one. */
  readonly parts: number;
}

export const MAX_TEMPLATE = 1_000;

/** Looks at a template of at most `MAX_TEMPLATE` characters. */
export function checkTemplate({ template, method, digits, maxParts, webOtpDomain }: TemplateQuestion): TemplateCheck {
  const problems = hasPin(template) ? [] : [NO_PIN];
  const names = [...new Set(placeholders(template))].filter((name) => name !== PIN);
  const text = renderSegments(template, {});
  if (method === 'voice') {
    const tooLong = spokenProblem(text, digits);
    if (tooLong) problems.push(tooLong.problem);
    return { problems, placeholders: names, ucs2Characters: [], parts: 1 };
  }
  const segments = [...text, ...webOtpLine(webOtpDomain)];
  const { encoding, parts } = measureMessage(segments, digits);
  if (parts > maxParts)
    problems.push(`takes ${parts} parts with ${digits} digits, and at most ${maxParts} are allowed`);
  const ucs2Characters = encoding === 'GSM-7' ? [] : beyondGsm(fillCode(segments, ''));
  return { problems, placeholders: names, encoding, ucs2Characters, parts };
}
