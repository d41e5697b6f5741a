// What the client's methods take and give, from the types that are generated from the document.
import type { components, operations } from './schema.ts';

type Schemas = components['schemas'];
type Answer<Id extends keyof operations> = operations[Id]['responses'] extends { 200: { content: infer Content } }
  ? Content[keyof Content]
  : never;
type Query<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;

/** The wire takes several forms of some fields; this is the one to write. */
type Plain<T> = {
  [K in keyof T]: [Extract<T[K], number>] extends [never] ? Exclude<T[K], null> : Extract<T[K], number>;
};

export type Method = 'sms' | 'voice';

export type StartFields = Plain<Omit<Schemas['StartFields'], 'method' | 'type' | 'templateCountry' | 'arguments'>> & {
  /** How the code reaches the recipient. */
  method: Method;
  /** What takes the place of `@@name` in the text, by name. */
  arguments?: Record<string, string | number>;
};

export type Verification = Schemas['Verification'];
export type Status = Schemas['Status'];
export type Timeline = Answer<'readTimeline'>;
export type Balance = Answer<'readBalance'>;
export type Ledger = Answer<'readLedger'>;
export type Transactions = Answer<'readTransactions'>;
export type Prices = Answer<'readPrices'>;
export type Report = Answer<'readAccountReport'>;
export type ApplicationReport = Answer<'readApplicationReport'>;
export type SandboxMessage = Schemas['SandboxMessage'];
export type CallbackEvent = Schemas['CallbackEvent'];

export type Page = Plain<Query<'readLedger'>>;
export type Period = Query<'readAccountReport'>;
export type PageOfPeriod = Plain<Query<'readTransactions'>>;
export type PriceQuery = Query<'readPrices'>;
