// What each type of carrier is configured with: settings that may be shown, secrets that may not. Loads without any carrier.
import { z } from 'zod';
import type { Method } from '../domain/method.ts';
import { type Destination, destinationsOf } from '../egress/allowed-hosts.ts';
import { httpSecrets, httpSettings } from './http/settings.ts';
import { sandboxSecrets, sandboxSettings } from './sandbox/settings.ts';
import { smppSecrets, smppSettings } from './smpp/settings.ts';
import { smppOptionsProblem } from './smpp/tlvs.ts';
import { twilioOptions, twilioSecrets, twilioSettings } from './twilio/settings.ts';
import { vonageMissing, vonageSecrets, vonageSettings } from './vonage/settings.ts';

export interface CarrierSchemas {
  /** Shown to operators and kept in the audit trail, so nothing secret may stand in it. */
  readonly settings: z.ZodType<object>;
  /** Kept sealed and never shown: texts by name. */
  readonly secrets: z.ZodType<object>;
  /** What a step of a route may tell a carrier of this type; any texts where it is left out. */
  readonly options?: z.ZodType<object>;
  /** What is missing, by field, for a carrier that everybody can reach; nothing where this is left out. */
  missingInProduction?(settings: unknown, secrets: object): Readonly<Record<string, string>>;
  /** Where a carrier with these settings connects to, by the path of the setting that says so. */
  destinations?(settings: unknown): Readonly<Record<string, Destination>>;
  /** Whether its receipts come by HTTP, to a URL of ours. */
  readonly receiptsByHttp: boolean;
  /** True where a carrier with these settings surely never says what became of a message. */
  neverReports?(settings: unknown): boolean;
  /** Whether a carrier with these settings takes messages of a method; it takes all where this is left out. */
  carries?(method: Method, settings: unknown): boolean;
}

/** A new type is a row here and one in `registry.ts`. */
export const carrierSchemas = {
  sandbox: {
    settings: sandboxSettings,
    secrets: sandboxSecrets,
    options: z.strictObject({}),
    receiptsByHttp: true,
  },
  smpp: {
    settings: smppSettings,
    secrets: smppSecrets,
    options: z.record(z.string(), z.string()).superRefine((options, context) => {
      const message = smppOptionsProblem(options);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    }),
    destinations: (settings: unknown): Record<string, Destination> => {
      const { data } = smppSettings.safeParse(settings);
      if (!data) return {};
      const { host, port, receiverPort } = data;
      return { host: { host, port }, ...(receiverPort && { receiverPort: { host, port: receiverPort } }) };
    },
    receiptsByHttp: false,
    neverReports: (settings: unknown) => smppSettings.safeParse(settings).data?.registeredDelivery === 0,
    carries: (method: Method) => method === 'sms',
  },
  vonage: {
    settings: vonageSettings,
    secrets: vonageSecrets,
    options: z.strictObject({}),
    missingInProduction: (settings: unknown, secrets: object) =>
      vonageMissing(vonageSettings.safeParse(settings).data, secrets),
    destinations: (settings: unknown) => {
      const { restUrl, apiUrl } = vonageSettings.safeParse(settings).data ?? {};
      return destinationsOf({ restUrl, apiUrl });
    },
    receiptsByHttp: true,
  },
  http: {
    settings: httpSettings,
    secrets: httpSecrets,
    destinations: (settings: unknown) => {
      const { baseUrl, requests, lookup, conversion } = httpSettings.safeParse(settings).data ?? {};
      return destinationsOf({
        baseUrl,
        'requests.sms.url': requests?.sms?.url,
        'requests.voice.url': requests?.voice?.url,
        'lookup.url': lookup?.url,
        'conversion.url': conversion?.url,
      });
    },
    receiptsByHttp: true,
    neverReports: (settings: unknown) => {
      const { success, data } = httpSettings.safeParse(settings);
      return success && data.receipts === undefined;
    },
    carries: (method: Method, settings: unknown) => {
      const { success, data } = httpSettings.safeParse(settings);
      return !success || data.requests[method] !== undefined;
    },
  },
  twilio: {
    settings: twilioSettings,
    secrets: twilioSecrets,
    options: twilioOptions,
    destinations: (settings: unknown) => destinationsOf({ baseUrl: twilioSettings.safeParse(settings).data?.baseUrl }),
    receiptsByHttp: true,
  },
} as const satisfies Readonly<Record<string, CarrierSchemas>>;

export type CarrierType = keyof typeof carrierSchemas;

export const carrierTypes = Object.keys(carrierSchemas) as CarrierType[];

/** True for a type's name, so that what comes from outside can be trusted. */
export function isCarrierType(name: string): name is CarrierType {
  return Object.hasOwn(carrierSchemas, name);
}
