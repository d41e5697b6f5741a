// Routes may be for every place that prices are by, on both ways in: through the management API, and by CARRIERS_FILE.
import { expect, test } from 'vitest';
import { readCarriersFile } from '../../admin/carriers-file-format.ts';
import { putOneRoute } from '../../api/admin/endpoints/routes.ts';

const steps = [{ carrier: 'second', method: 'sms' }];
const ofFile = (country: string) => readCarriersFile(JSON.stringify({ routes: [{ country, steps }] }), {});
const ofPath = (place: string) => putOneRoute.operation.params?.safeParse({ applicationId: 'all', place });

test.each(['XK', 'AC', 'TA', 'VI', 'GG', 'GR'])('%s, in small letters in a path, too', (place) => {
  expect(ofFile(place)).toMatchObject({ problems: {}, file: { routes: [{ place: { country: place } }] } });
  for (const written of [place, place.toLowerCase()]) {
    expect(ofPath(written)).toMatchObject({ success: true, data: { place } });
  }
});

test.each(['ZZ', 'UK', 'EU', 'XA', 'YU', 'Greece'])('%s is none', (place) => {
  expect(Object.keys(ofFile(place).problems)).toEqual(['routes.0.country']);
  expect(ofPath(place)?.success).toBe(false);
});
