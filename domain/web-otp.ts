// The last line of an SMS that lets a browser fill in the code by itself: `@example.com #123456` (WICG, origin-bound codes).
import type { Segment } from './template.ts';

const MAX_DOMAIN = 253;
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** True for a site's domain in lower case, other scripts in punycode; no scheme, port or path. */
export function isWebOtpDomain(text: string): boolean {
  const labels = text.split('.');
  return (
    text.length <= MAX_DOMAIN &&
    labels.length > 1 &&
    labels.every((each) => label.test(each)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

/** The line as segments, to be put at the very end; none without a domain. */
export function webOtpLine(domain: string | undefined): Segment[] {
  return domain === undefined ? [] : [{ text: `\n@${domain} #` }, { code: true }];
}
