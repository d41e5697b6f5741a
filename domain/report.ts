// Reports: how many verifications stand in which status, in all and by the recipient's country.
import { type Status, statuses } from './verification.ts';

export type Totals = Readonly<Record<Status, number>>;

/** A group of verifications that share country and status. */
export interface StatusCount {
  readonly country: string;
  readonly status: Status;
  readonly count: number;
  /** Summed from start to right answer, in ms; 0 but for Verified. */
  readonly msToVerify: number;
}

export interface Report {
  readonly total: number;
  readonly totals: Totals;
  readonly perCountry: Readonly<Record<string, Totals>>;
  /** Verified among those decided, from 0 to 1; null while none is. */
  readonly conversionRate: number | null;
  /** On average; null while none is verified. */
  readonly secondsToVerify: number | null;
}

const none = (): Record<Status, number> =>
  Object.fromEntries(statuses.map((status) => [status, 0])) as Record<Status, number>;

/** Adds groups up; all five statuses are always there. */
export function reportOf(groups: readonly StatusCount[]): Report {
  const totals = none();
  const perCountry: Record<string, Record<Status, number>> = {};
  let msToVerify = 0;
  for (const { country, status, count, msToVerify: ms } of groups) {
    totals[status] += count;
    const ofCountry = perCountry[country] ?? none();
    ofCountry[status] += count;
    perCountry[country] = ofCountry;
    msToVerify += ms;
  }
  const total = statuses.reduce((sum, status) => sum + totals[status], 0);
  const decided = total - totals.Pending;
  return {
    total,
    totals,
    perCountry,
    conversionRate: decided === 0 ? null : round(totals.Verified / decided),
    secondsToVerify: totals.Verified === 0 ? null : round(msToVerify / totals.Verified / 1000),
  };
}

const round = (value: number) => Math.round(value * 1000) / 1000;
