// Every carrier that can be chosen: a new one is one file and one row here.
import type { Carrier } from './carrier.ts';
import { createSandboxCarrier, type SandboxOutbox } from './sandbox.ts';

export interface CarrierDeps {
  /** Present only where the sandbox is enabled. */
  readonly sandboxOutbox?: SandboxOutbox | undefined;
}

/** The carriers in use, by name. */
export function createCarriers({ sandboxOutbox }: CarrierDeps): ReadonlyMap<string, Carrier> {
  const carriers = [sandboxOutbox && createSandboxCarrier(sandboxOutbox)].filter((carrier) => carrier !== undefined);
  return new Map(carriers.map((carrier) => [carrier.name, carrier]));
}
