// What an operator does about a carrier: puts, pauses, resumes, removes it. Secrets go in and never come out.
import { isDeepStrictEqual } from 'node:util';
import { SANDBOX_CARRIER } from '../domain/carrier.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { changeAudited, insertAudited, removeAudited } from '../store/audited.ts';
import type { CarrierDocument } from '../store/carrier-documents.ts';
import { findCarrier } from '../store/carriers.ts';
import { allRoutes } from '../store/routes.ts';
import type { CarrierFields } from './carrier-fields.ts';
import { assertSecretsStay, openCarrierSecrets, sealCarrierSecrets } from './carrier-secrets.ts';
import { assertFits, type Surroundings } from './carrier-surroundings.ts';
import { configurationProblems } from './configuration-problems.ts';
import { actOf, invalid, type Operator, OperatorRefusal, unknown } from './operator.ts';
import { placeText } from './route-place.ts';

export type Source = CarrierDocument['from'];

/** Puts a carrier in the place of what is there under its name; secrets that are left out stay. Workers take it up by themselves. */
export async function putCarrier(
  operator: Operator,
  surroundings: Surroundings,
  name: string,
  fields: CarrierFields,
  from: Source,
): Promise<CarrierDocument> {
  assertFits(surroundings, name, fields);
  const { database } = operator;
  for (;;) {
    const before = await findCarrier(database, name);
    if (before) {
      const changed = await changeAudited(database, database.carriers, name, (current) =>
        change(operator, surroundings, current, fields, from),
      );
      if (changed) return changed;
    } else {
      const carrier = newCarrier(surroundings, name, fields, from);
      const details = { carrier: name, before: null, after: shown(carrier), secrets: secretsText(carrier) };
      if (await insertAudited(database, database.carriers, carrier, actOf(operator, 'carrier.put', details))) {
        return carrier;
      }
    }
  }
}

function newCarrier(
  { ring, production }: Surroundings,
  name: string,
  fields: CarrierFields,
  from: Source,
): CarrierDocument {
  const { settings, secrets } = configuration(fields, {}, production);
  return {
    _id: name,
    type: fields.type,
    settings,
    ...(Object.keys(secrets).length > 0 && { secrets: sealCarrierSecrets(ring, name, secrets) }),
    ...(fields.messagesPerSecond !== undefined && { messagesPerSecond: fields.messagesPerSecond }),
    paused: false,
    from,
    createdAt: new Date(),
  };
}

function change(
  operator: Operator,
  { ring, production }: Surroundings,
  before: CarrierDocument,
  fields: CarrierFields,
  from: Source,
) {
  if (from !== 'file') assertNotOfFile(before);
  const kept = keptSecrets(ring, before, fields, from);
  // The file says everything each time.
  const { settings, secrets } = configuration(fields, from === 'file' ? {} : (kept ?? {}), production);
  if (from !== 'file') assertSecretsStay(before, fields, kept ?? {});
  const { type, messagesPerSecond } = fields;
  // Under the newest key, too, so that an older one can leave the ring.
  const stale = before.secrets !== undefined && before.secrets.keyId !== ring.maker.id;
  const secretsChanged = stale || before.type !== type || !isDeepStrictEqual(secrets, kept);
  const after = { type, settings, messagesPerSecond, from };
  if (!secretsChanged && isDeepStrictEqual({ ...shown(before), from: before.from }, { ...shown(after), from })) {
    return undefined;
  }
  const none = Object.keys(secrets).length === 0;
  return {
    set: {
      type,
      settings,
      from,
      ...(messagesPerSecond !== undefined && { messagesPerSecond }),
      ...(secretsChanged && !none && { secrets: sealCarrierSecrets(ring, before._id, secrets) }),
    },
    unset: [...(messagesPerSecond === undefined ? ['messagesPerSecond'] : []), ...(none ? ['secrets'] : [])],
    act: actOf(operator, 'carrier.put', {
      carrier: before._id,
      before: shown(before),
      after: shown(after),
      secrets: secretsChanged ? 'changed' : 'unchanged',
    }),
  };
}

/** What is left of the secrets there are; undefined where they cannot be read and are not needed, since all are given anew. */
function keptSecrets(ring: KeyRing, before: CarrierDocument, { type, secrets }: CarrierFields, from: Source) {
  if (before.type !== type) return {};
  try {
    return openCarrierSecrets(ring, before);
  } catch (error) {
    if (from === 'file' || secrets !== undefined) return undefined;
    throw error;
  }
}

/** Settings and secrets that go together. @throws OperatorRefusal that names every field that is not usable. */
function configuration(
  { type, settings = {}, secrets = {} }: CarrierFields,
  kept: Readonly<Record<string, unknown>>,
  production: boolean,
) {
  const merged = Object.fromEntries(
    Object.entries({ ...kept, ...secrets }).filter(([, value]) => value !== null && value !== ''),
  );
  const problems = configurationProblems(type, settings, merged, production);
  if (Object.keys(problems).length > 0) throw new OperatorRefusal('invalid', problems);
  return { settings: settings as Record<string, unknown>, secrets: merged };
}

/** What the trail may hold of a carrier. */
function shown({
  type,
  settings,
  messagesPerSecond = null,
}: Pick<CarrierDocument, 'type' | 'settings'> & {
  readonly messagesPerSecond?: number | null | undefined;
}) {
  return { type, settings, messagesPerSecond };
}

const secretsText = ({ secrets }: CarrierDocument) => (secrets ? 'set' : 'none');

/** Holds every message back that is to go through it, or lets them go. The file has no say in this. */
export async function setCarrierPaused(operator: Operator, name: string, paused: boolean): Promise<CarrierDocument> {
  return await changeCarrier(operator, name, (carrier) => {
    if (carrier.paused === paused) return undefined;
    return { set: { paused }, act: actOf(operator, paused ? 'carrier.pause' : 'carrier.resume', { carrier: name }) };
  });
}

/** Removes a carrier that no route needs. Messages still on its queue wait until their lives end. */
export async function removeCarrier(operator: Operator, name: string, from: Source): Promise<CarrierDocument> {
  const { database } = operator;
  const using = (await allRoutes(database)).filter(({ steps }) => steps.some(({ carrier }) => carrier === name));
  if (using.length > 0) {
    throw invalid('name', `is needed by the route ${using.map(placeText).join(', ')}: change that first`);
  }
  const removed = await removeAudited(database, database.carriers, name, (carrier) => {
    if (from !== 'file') assertNotOfFile(carrier);
    return actOf(operator, 'carrier.delete', { carrier: name, before: shown(carrier) });
  });
  return removed ?? noCarrier(name);
}

/** Changes one that is there. @throws OperatorRefusal where there is none. */
export async function changeCarrier(
  { database }: Operator,
  name: string,
  decide: Parameters<typeof changeAudited<CarrierDocument>>[3],
): Promise<CarrierDocument> {
  return (await changeAudited(database, database.carriers, name, decide)) ?? noCarrier(name);
}

/** @throws OperatorRefusal; of the sandbox, which takes test messages and stands in routes, it says why there is nothing to change. */
export function noCarrier(name: string): never {
  if (name === SANDBOX_CARRIER) {
    const sentence =
      'The sandbox is built in: SANDBOX turns it on and off, and there is nothing else to read or to change.';
    throw new OperatorRefusal(
      'unknown',
      { name: 'is the built-in sandbox, which is not configured' },
      { sentence, message: sentence },
    );
  }
  throw unknown('name', 'carrier', name);
}

function assertNotOfFile({ from }: CarrierDocument): void {
  if (from === 'file') throw invalid('name', 'is in CARRIERS_FILE: change it there');
}
