// Every carrier that can be chosen: a new one is one file and one row here.
import type { Receipt } from '../domain/receipt.ts';
import type { Carrier } from './carrier.ts';
import { createSandboxCarrier, SANDBOX, type SandboxOutbox } from './sandbox.ts';

export interface CarrierDeps {
  /** Present only where the sandbox is enabled. */
  readonly sandboxOutbox?: SandboxOutbox | undefined;
  /** Where receipts go that come by a carrier's own connection. */
  readonly takeReceipt: (carrier: string, receipt: Receipt) => Promise<void>;
}

/** The carriers in use, by name. @throws Error when there is none, since every send would wait for ever. */
export function createCarriers({ sandboxOutbox, takeReceipt }: CarrierDeps): ReadonlyMap<string, Carrier> {
  const sandbox = sandboxOutbox && createSandboxCarrier(sandboxOutbox, (receipt) => takeReceipt(SANDBOX, receipt));
  const carriers = [sandbox].filter((carrier) => carrier !== undefined);
  if (carriers.length === 0) {
    throw new Error('No carrier is configured, so no code could be sent: set SANDBOX=enabled to try this service out');
  }
  return new Map(carriers.map((carrier) => [carrier.name, carrier]));
}
