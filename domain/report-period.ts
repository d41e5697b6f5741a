// Which part of a period a report takes from hourly totals and which from the verifications themselves; exact to the millisecond.
import { HOUR_MS } from './retention.ts';

/** In ms since the epoch; `from` counts, `to` does not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface ReportParts {
  /** Whole hours that are totalled; none where it is empty. */
  readonly totalled: Span;
  /** What is counted from verifications: hours cut by the ends of the period, and all that is not totalled. */
  readonly counted: readonly Span[];
}

/** Parts a period at the instant up to which hours are totalled, itself a full hour. */
export function reportParts({ from, to }: Span, totalledUntil: number): ReportParts {
  const end = Math.min(to, totalledUntil);
  const first = Math.ceil(from / HOUR_MS) * HOUR_MS;
  const last = Math.floor(end / HOUR_MS) * HOUR_MS;
  const whole = first <= last;
  const spans = whole
    ? [
        { from, to: Math.min(first, end) },
        { from: last, to: end },
      ]
    : [{ from, to: end }];
  const live = { from: Math.max(from, totalledUntil), to };
  return {
    totalled: whole ? { from: first, to: last } : { from: 0, to: 0 },
    counted: [...spans, live].filter((span) => span.from < span.to),
  };
}
