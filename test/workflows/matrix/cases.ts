// The cases of the matrix: every outcome of a carrier x its place on the route x its receipt, and what must come of each.
import { type Outcome, outcomes } from '../../support/scripted-carrier.ts';

export const PRICE = 9_000;
export const places = ['first', 'middle', 'last'] as const;
export type Place = (typeof places)[number];
const receipts = ['none', 'before', 'after'] as const;

export interface Case {
  readonly outcome: Outcome;
  readonly place: Place;
  readonly receipt: (typeof receipts)[number];
  readonly state: 'delivered' | 'undelivered';
}

/** Those of every place, or of the first alone, unless `MATRIX=whole` asks for all of every kind. */
export function casesOf({ firstOnly = false }: { firstOnly?: boolean | undefined }): readonly Case[] {
  return firstOnly && process.env.MATRIX !== 'whole' ? cases.filter(({ place }) => place === 'first') : cases;
}

const cases: readonly Case[] = outcomes.flatMap((outcome) =>
  places.flatMap((place) =>
    receipts.flatMap((receipt) =>
      (receipt === 'none' ? (['delivered'] as const) : (['delivered', 'undelivered'] as const)).map((state) => ({
        outcome,
        place,
        receipt,
        state,
      })),
    ),
  ),
);

export const titleOf = ({ outcome, place, receipt, state }: Case) =>
  `${outcome} by the ${place}${receipt === 'none' ? ', no receipt' : `, ${state} by a receipt ${receipt} the answer`}`;

/** Carriers before the one in question refuse; those after it accept, and say no more. */
export const scriptOf = (each: Case, place: Place): Outcome => {
  const distance = places.indexOf(place) - places.indexOf(each.place);
  return distance < 0 ? 'rejected' : distance === 0 ? each.outcome : 'accepted';
};

/** A receipt speaks of messages that the carrier took over, or may have. */
export const takenOver = ({ outcome }: Case) => outcome === 'accepted' || outcome === 'unknown';
const reported = (each: Case) => (each.receipt === 'none' || !takenOver(each) ? undefined : each.state);

/**
 * What must come of it, written down anew from CONTRACT.md and the issue, not from the code.
 * @param looksUp whether the carrier can say what became of a message whose answer was lost
 */
export function expected(each: Case, looksUp: boolean) {
  const known: Case = looksUp && each.outcome === 'unknown' ? { ...each, outcome: 'accepted' } : each;
  const asked: Place[] = [];
  let accepted = false;
  for (const place of places) {
    asked.push(place);
    const outcome = scriptOf(known, place);
    const state = place === known.place ? reported(known) : undefined;
    accepted ||= outcome === 'accepted' || state !== undefined;
    const goesOn = state === undefined ? true : state === 'undelivered';
    if (place === 'last' || !goesOn) break;
  }
  const doubt = asked.some((place) => ['unknown', 'fault'].includes(scriptOf(known, place)) && place === 'last');
  const silentDoubt = known.outcome === 'unknown' && reported(known) === undefined;
  const status = accepted || doubt || silentDoubt ? 'Expired' : 'Failed';
  return { asked, status, charged: accepted ? PRICE : 0 };
}
