// GET /system/prices: what a verification costs, by country and network, in the account's currency.
import type { Context } from 'koa';
import { z } from 'zod';
import { countryName, countryOfMcc, mccsOf } from '../../domain/country-codes.ts';
import { invalidFields } from '../../domain/errors.ts';
import type { Method } from '../../domain/method.ts';
import { currencyOf, microsToUnits } from '../../domain/money.ts';
import type { PriceDocument } from '../../store/documents.ts';
import { allPrices, priceId } from '../../store/prices.ts';
import { amount, countryCode, currency } from '../answers.ts';
import { queryOf } from '../body/form.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import { optional, readFields } from '../fields.ts';
import type { Operation } from '../operation.ts';

const code = (digits: RegExp, problem: string) => optional(z.string(problem).regex(digits, problem));

const query = z.object({
  mcc: code(/^\d{3}$/, 'must be a mobile country code of three digits').describe('Mobile country code.'),
  mnc: code(/^\d{2,3}$/, 'must be a mobile network code of two or three digits').describe('Mobile network code.'),
  service: optional(z.string('must be given once')).describe(
    'Narrows the answer to `sms`, `lookup` or `TwoStep`, in any case.',
  ),
  currency: optional(z.string('must be given once')).describe('Only the account’s own is served.'),
});

const answer = z.object({
  sms: z
    .array(
      z.object({
        mcc: z.string().describe('Mobile country code; empty for a place that has none.'),
        country: z.string(),
        iso: countryCode,
        networks: z.array(z.object({ network: z.string(), mnc: z.string(), price: amount })),
      }),
    )
    .optional(),
  lookup: z.object({ PerRequest: amount }).optional(),
  twoStep: z
    .object({ SmsVerification: amount, VoiceVerification: amount })
    .optional()
    .describe('What a verification costs in the country of `mcc`, else by default.'),
  currency,
});

export const pricesOperation: Operation = {
  id: 'readPrices',
  method: 'get',
  path: '/system/prices',
  tag: 'Account',
  summary: 'Prices by country and network',
  security: 'token',
  query,
  answer,
  errors: [],
};

type Asked = z.output<typeof query>;

export function readPrices({ database }: Pick<ApiDeps, 'database'>) {
  return async function prices(ctx: Context) {
    const { account } = (ctx.state as ApiState).caller;
    const asked = readFields(query, queryOf(ctx));
    if (asked.currency !== undefined && asked.currency.toUpperCase() !== account.currency) {
      throw invalidFields({ currency: `must be ${account.currency}, the account's currency` });
    }
    const rows = await allPrices(database);
    const service = asked.service?.toLowerCase();
    const shown = (name: string) => service === undefined || service === name;
    const body: z.output<typeof answer> = {
      ...(shown('sms') && { sms: smsPrices(rows, asked) }),
      ...(shown('lookup') && { lookup: { PerRequest: 0 } }),
      ...(shown('twostep') && { twoStep: twoStepPrices(rows, asked.mcc) }),
      currency: currencyOf(account.currency),
    };
    ctx.body = body;
  };
}

/** One entry per mobile country code of a place, its main place first; a place without networks has one that holds none. */
function smsPrices(rows: readonly PriceDocument[], { mcc, mnc }: Asked) {
  return rows
    .filter((row) => row.method === 'sms' && row.country !== 'default')
    .flatMap((row) => codesOf(row).map((each) => ({ row, each })))
    .filter(({ each }) => mcc === undefined || each === mcc)
    .map(({ row, each }) => ({
      mcc: each,
      country: countryName(row.country),
      iso: row.country,
      networks: networksOf(row, each).filter((network) => mnc === undefined || ['', mnc].includes(network.mnc)),
    }))
    .sort((a, b) => a.mcc.localeCompare(b.mcc) || rank(a) - rank(b) || a.iso.localeCompare(b.iso));
}

const rank = ({ mcc, iso }: { readonly mcc: string; readonly iso: string }) => (countryOfMcc(mcc) === iso ? 0 : 1);

const NO_CODE = '';

/** Those of the place, and those an operator put networks of his under; where there are none, one that is empty. */
function codesOf({ country, networks = [] }: PriceDocument): string[] {
  const codes = [...new Set([...mccsOf(country), ...networks.map(({ mcc }) => mcc)])];
  return codes.length > 0 ? codes : [NO_CODE];
}

function networksOf(row: PriceDocument, mcc: string) {
  const own = (row.networks ?? []).filter((network) => network.mcc === mcc);
  if (mcc === NO_CODE) return [];
  if (own.length === 0) return [{ network: 'All networks', mnc: '', price: microsToUnits(row.price) }];
  return own.map(({ network, mnc, price }) => ({ network, mnc, price: microsToUnits(price) }));
}

function twoStepPrices(rows: readonly PriceDocument[], mcc: string | undefined) {
  const country = mcc === undefined ? undefined : countryOfMcc(mcc);
  const byId = new Map(rows.map((row) => [row._id, row.price]));
  const price = (method: Method) =>
    microsToUnits(byId.get(priceId(country ?? '', method)) ?? byId.get(priceId('default', method)) ?? 0);
  return { SmsVerification: price('sms'), VoiceVerification: price('voice') };
}
