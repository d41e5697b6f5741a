// From the fields of a start to everything its workflow needs; what can be refused is refused before anything durable happens.
import { invalidFields, RefusedError } from '../domain/errors.ts';
import { renderMessage } from '../domain/message.ts';
import { type Method, methods } from '../domain/method.ts';
import { isLandline, maskNumber, methodProblem } from '../domain/phone.ts';
import { type Routes, routesByMethod } from '../domain/route.ts';
import { chooseOriginator, chooseRestrictions, chooseTemplate } from '../domain/settings.ts';
import { rightAnswerHash } from '../secrets/answer-digest.ts';
import { deriveCode, drawSeed } from '../secrets/code.ts';
import { findPrices } from '../store/prices.ts';
import { findRoute } from '../store/routes.ts';
import type { VerificationInput } from '../workflows/messages.ts';
import type { ApiDeps, Caller } from './deps.ts';
import type { StartFields } from './endpoints/start-fields.ts';

/** The generation of the first code. */
const GENERATION = 1;

/** The input without what is drawn for each try of the same start. */
export type PreparedStart = Omit<VerificationInput, 'trackingId' | 'keyId' | 'seed' | 'rightAnswerHash'>;

/** @throws RefusedError for a country without a price, or a template without a code or with too many parts. */
export async function prepareStart(
  { database, fallbackCarrier }: Pick<ApiDeps, 'database' | 'fallbackCarrier'>,
  { application, account }: Caller,
  fields: StartFields,
  receivedAt: number,
): Promise<PreparedStart> {
  const { settings } = application;
  const { recipient } = fields;
  const landlineByVoice = settings.landlineByVoice === true && isLandline(recipient);
  const method = landlineByVoice ? 'voice' : fields.method;
  const prices = await payable(database, recipient);
  if (prices[method] === undefined) throw invalidFields({ recipient: 'its country is not served by this method' });
  const routes = await routesFor(database, application._id, recipient, methodsOf(prices), fallbackCarrier);
  if (!routes[method]) throw invalidFields({ recipient: 'no carrier serves it by this method' });
  const unitPrices = Object.fromEntries(methodsOf(routes).map((each) => [each, prices[each]]));

  const asked = { template: fields.template, country: fields.country ?? fields.templateCountry };
  const countries = [asked.country, recipient.country];
  const restrictions = chooseRestrictions(settings, fields.restrictions, countries);
  const templateFor = (by: Method) => chooseTemplate(settings, by, asked, recipient.country);
  const message = {
    ...templateFor(method),
    arguments: fields.arguments ?? {},
    method,
    digits: fields.digits ?? settings.digits,
    maxParts: settings.maxParts,
    ...(settings.webOtpDomain !== undefined && { webOtpDomain: settings.webOtpDomain }),
  };
  const rendered = renderMessage(message);
  if ('problem' in rendered) throw new RefusedError('invalidTemplate', { properties: { template: rendered.problem } });

  return {
    recipient: recipient.number,
    recipientMasked: maskNumber(recipient.number),
    country: recipient.country,
    receivedAt,
    expiresAt: receivedAt + (fields.lifetimeInSeconds ?? settings.lifetimeInSeconds) * 1000,
    maxRetries: fields.maxRetries ?? settings.maxRetries,
    ...message,
    ...(landlineByVoice && { landlineByVoice }),
    ...(method !== fields.method && { askedMethod: fields.method }),
    templates: Object.fromEntries(methods.map((each) => [each, templateFor(each)])),
    ...chooseOriginator(settings, fields.originator, countries),
    ...(restrictions && { restrictions }),
    routes,
    unitPrices,
    currency: account.currency,
    accountId: account._id,
    applicationId: application._id,
    ...(application.callback?.url !== undefined && { callbackUrl: application.callback.url }),
  };
}

/** Draws the seed of the code; trackingId first, as support reads it first in Temporal's web UI. */
export function drawInput(ring: ApiDeps['ring'], trackingId: string, prepared: PreparedStart): VerificationInput {
  const seed = drawSeed();
  const key = ring.maker;
  const code = deriveCode(key, { seed, trackingId, generation: GENERATION, digits: prepared.digits });
  return { trackingId, ...prepared, keyId: key.id, seed, rightAnswerHash: rightAnswerHash(key, trackingId, code) };
}

/** By the route made for the number, else each method by itself through the carrier for what no route is for. */
async function routesFor(
  database: ApiDeps['database'],
  applicationId: string,
  { number, country }: StartFields['recipient'],
  usable: readonly Method[],
  fallbackCarrier: string | undefined,
): Promise<Routes> {
  const route = await findRoute(database, applicationId, country, number);
  if (route.length > 0 || fallbackCarrier === undefined) return routesByMethod(route, usable);
  return Object.fromEntries(usable.map((method) => [method, [{ carrier: fallbackCarrier, method }]]));
}

/** The prices of the methods that can reach the number. */
async function payable(
  database: ApiDeps['database'],
  recipient: StartFields['recipient'],
): Promise<Partial<Record<Method, number>>> {
  const prices = await findPrices(database, recipient.country);
  const reachable = methodsOf(prices).filter((method) => methodProblem(recipient, method) === undefined);
  return Object.fromEntries(reachable.map((method) => [method, prices[method]]));
}

const methodsOf = (by: Readonly<Partial<Record<Method, unknown>>>): Method[] =>
  methods.filter((method) => by[method] !== undefined);
