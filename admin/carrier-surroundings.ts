// Which carriers may be where: names that are free, the sandbox only where it is enabled, and in production never beside real ones.
import { hostProblems } from '../carriers/host-settings.ts';
import type { CarrierType } from '../carriers/settings.ts';
import { nameProblem, sandboxBesideReal } from '../domain/carrier.ts';
import type { AllowedHosts } from '../egress/allowed-hosts.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { realCarriers } from '../store/carriers.ts';
import type { Database } from '../store/database.ts';
import type { CarrierFields } from './carrier-fields.ts';
import { invalid, OperatorRefusal } from './operator.ts';

/** Where this service runs, as far as carriers care. */
export interface Surroundings {
  readonly ring: KeyRing;
  /** Whether the sandbox is enabled. */
  readonly sandbox: boolean;
  readonly production: boolean;
  /** Where carriers may be beside the public internet. */
  readonly carrierHosts: AllowedHosts;
}

/** @throws OperatorRefusal where a carrier of this name and type cannot be here, or connects to where none may. */
export function assertFits(surroundings: Surroundings, name: string, { type, settings = {} }: CarrierFields): void {
  const problem = nameProblem(name);
  if (problem !== undefined) throw invalid('name', problem);
  const misplaced = typeProblem(surroundings, name, type);
  if (misplaced !== undefined) throw invalid('type', misplaced);
  const hosts = hostProblems(type, settings, surroundings.carrierHosts);
  if (Object.keys(hosts).length > 0) throw new OperatorRefusal('invalid', hosts);
}

/** Why a carrier of this type cannot be here, as a sentence for beside it; undefined where it can. */
export function typeProblem(
  { sandbox, production }: Pick<Surroundings, 'sandbox' | 'production'>,
  name: string,
  type: CarrierType,
): string | undefined {
  if (type === 'sandbox') return sandbox ? undefined : 'is there only where SANDBOX is enabled';
  return sandbox && production ? sandboxBesideReal([name]) : undefined;
}

/** Real carriers and the sandbox, in production, keep a process from starting. @throws Error that says what to do. */
export async function assertSandboxAlone(
  database: Database,
  { sandbox, production }: Pick<Surroundings, 'sandbox' | 'production'>,
): Promise<void> {
  if (!sandbox || !production) return;
  const real = await realCarriers(database);
  if (real.length > 0) throw new Error(sandboxBesideReal(real));
}
