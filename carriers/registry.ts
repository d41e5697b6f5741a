// How each type of carrier is made from its configuration: a new one is its files, a row in `settings.ts` and a row here.
import type { z } from 'zod';
import { SANDBOX_CARRIER } from '../domain/carrier.ts';
import { fieldProblem } from '../domain/field-problem.ts';
import type { AllowedHosts } from '../egress/allowed-hosts.ts';
import type { Carrier, TakeReceipt } from './carrier.ts';
import type { CarrierUrls } from './carrier-request.ts';
import { createHttpCarrier } from './http/carrier.ts';
import { createAskHttp } from './http-request.ts';
import { createSandboxCarrier, type SandboxOutbox } from './sandbox/carrier.ts';
import { type CarrierType, carrierSchemas, isCarrierType } from './settings.ts';
import { withShownWords } from './shown-words.ts';
import { createSmppCarrier } from './smpp/carrier.ts';
import { createTwilioCarrier } from './twilio/carrier.ts';
import { createVonageCarrier } from './vonage/carrier.ts';

/** A log of sentences with plain facts: no number, no text, no secret. */
export interface CarrierLogger {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

export interface CarrierDeps {
  readonly logger: CarrierLogger;
  /** Where receipts go that come over the carrier's own connection. */
  readonly takeReceipt: TakeReceipt;
  /** How many connections this process may hold for now, where the network counts them. */
  readonly binds: number;
  /** Where it reaches us from outside; absent where no address is known that it could reach. */
  readonly urls?: CarrierUrls | undefined;
  /** Where its connections may lead beside the public internet. */
  readonly allowedHosts: AllowedHosts;
  /** Present only where the sandbox is enabled. */
  readonly sandboxOutbox?: SandboxOutbox | undefined;
}

interface CarrierRow<T extends CarrierType> {
  /** Makes one carrier with the connections it may hold. @throws Error with a sentence where it cannot be made. */
  create(
    name: string,
    settings: z.output<(typeof carrierSchemas)[T]['settings']>,
    secrets: z.output<(typeof carrierSchemas)[T]['secrets']>,
    deps: CarrierDeps,
  ): Carrier;
  /** Connections over all workers together, where the network counts them; the workers share them. */
  binds?(settings: z.output<(typeof carrierSchemas)[T]['settings']>): number | undefined;
}

const rows: { readonly [T in CarrierType]: CarrierRow<T> } = {
  sandbox: {
    create(name, settings, _secrets, { sandboxOutbox, takeReceipt }) {
      if (sandboxOutbox) return createSandboxCarrier(sandboxOutbox, takeReceipt, name, settings);
      throw new Error('the type sandbox is there only where SANDBOX is enabled');
    },
    binds: ({ connections }) => connections,
  },
  smpp: {
    create: (name, settings, secrets, { takeReceipt, logger, binds, allowedHosts }) =>
      createSmppCarrier(name, settings, secrets, { takeReceipt, logger, binds, allowedHosts }),
    binds: ({ binds }) => binds,
  },
  vonage: {
    create: (name, settings, secrets, { urls, logger, allowedHosts }) =>
      createVonageCarrier(name, settings, secrets, { urls, logger, ask: createAskHttp(allowedHosts) }),
  },
  http: {
    create: (name, settings, secrets, { urls, allowedHosts }) =>
      createHttpCarrier(name, settings, secrets, { urls, ask: createAskHttp(allowedHosts) }),
  },
  twilio: {
    create: (name, settings, secrets, { urls, allowedHosts }) =>
      createTwilioCarrier(name, settings, secrets, urls, createAskHttp(allowedHosts)),
  },
};

/** The carriers that are there without configuration, by name. */
export function builtInCarriers({
  sandboxOutbox,
  takeReceiptFor,
}: Pick<CarrierDeps, 'sandboxOutbox'> & { takeReceiptFor(carrier: string): TakeReceipt }): ReadonlyMap<
  string,
  Carrier
> {
  if (!sandboxOutbox) return new Map();
  return new Map([[SANDBOX_CARRIER, createSandboxCarrier(sandboxOutbox, takeReceiptFor(SANDBOX_CARRIER))]]);
}

/** A carrier whose configuration was read: how to make it, and how many connections there may be; undefined where nobody counts. */
export interface UsableCarrier {
  create(deps: CarrierDeps): Carrier;
  readonly binds: number | undefined;
}

/** Reads a configuration. @throws Error that names the fields that are not usable, and quotes no value. */
export function readCarrier(name: string, type: string, settings: unknown, secrets: unknown): UsableCarrier {
  if (!isCarrierType(type)) throw new Error('its type is unknown to this version');
  return usable(name, type, settings, secrets);
}

function usable<T extends CarrierType>(name: string, type: T, settings: unknown, secrets: unknown): UsableCarrier {
  const schemas = carrierSchemas[type];
  const row = rows[type];
  const worded = { error: fieldProblem };
  const read = {
    settings: schemas.settings.safeParse(settings, worded),
    secrets: schemas.secrets.safeParse(secrets, worded),
  };
  if (!read.settings.success || !read.secrets.success) {
    const issues = [...fieldsOf('settings', read.settings.error), ...fieldsOf('secrets', read.secrets.error)];
    throw new Error(`its configuration is not usable: ${issues.join('; ')}`);
  }
  const [has, knows] = [read.settings.data, read.secrets.data] as [Parameters<typeof row.create>[1], never];
  return {
    binds: row.binds?.(has),
    create: (deps) => withShownWords(row.create(name, has, knows, deps), read.secrets.data ?? {}),
  };
}

function fieldsOf(place: string, error: z.ZodError | undefined): string[] {
  return (error?.issues ?? []).map(({ path, message }) => `${[place, ...path].join('.')} ${message}`);
}
