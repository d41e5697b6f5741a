// A price as operators see it.
import { z } from 'zod';
import { methods } from '../../domain/method.ts';
import { microsToUnits } from '../../domain/money.ts';
import type { ListedPrice } from '../../domain/price-list.ts';

export const priceBody = z.object({
  country: z.string().describe('ISO 3166 alpha-2; `default` is what is shown where no country is asked for.'),
  method: z.enum(methods).describe('sms or voice.'),
  price: z.number().describe("What a customer pays for one part, in the accounts' currency."),
  cost: z.number().optional().describe('What the carrier bills, where known; never charged.'),
  networks: z
    .array(
      z.object({
        mcc: z.string().describe('Mobile country code.'),
        mnc: z.string().describe('Mobile network code.'),
        network: z.string().describe('Its name.'),
        price: z.number().describe('What is shown for this network.'),
        cost: z.number().optional().describe('What the carrier bills there.'),
      }),
    )
    .optional()
    .describe('Prices by network: shown, not yet used for charging.'),
});

export function showPrice({ country, method, networks, ...amounts }: ListedPrice): z.output<typeof priceBody> {
  return {
    country,
    method,
    ...inUnits(amounts),
    ...(networks && {
      networks: networks.map(({ mcc, mnc, network, ...own }) => ({ mcc, mnc, network, ...inUnits(own) })),
    }),
  };
}

function inUnits({ price, cost }: Pick<ListedPrice, 'price' | 'cost'>) {
  return { price: microsToUnits(price), ...(cost !== undefined && { cost: microsToUnits(cost) }) };
}
