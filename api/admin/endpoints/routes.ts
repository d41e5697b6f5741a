// GET /admin/routes, GET, PUT and DELETE /admin/routes/{applicationId}/{place}: which carriers a message goes through.
import { z } from 'zod';
import { stepsInput } from '../../../admin/carrier-fields.ts';
import { existingRoute, putRoute, removeRoute, routableCarriers } from '../../../admin/routes.ts';
import { methods } from '../../../domain/method.ts';
import { RANGE_PREFIX } from '../../../domain/number-range.ts';
import { readPlace } from '../../../domain/place.ts';
import type { RoutePlace } from '../../../domain/route.ts';
import type { RouteDocument } from '../../../store/carrier-documents.ts';
import { allCarriers } from '../../../store/carriers.ts';
import { allRoutes } from '../../../store/routes.ts';
import { pageBody, pageOf } from '../../paging.ts';
import { existingApplication } from '../application-body.ts';
import { endpoint } from '../endpoint.ts';
import { pageAnswer, pageQuery } from '../fields.ts';

const SOURCE = 'management API';
const ALL = 'all';
const EVERYWHERE = 'everywhere';
const path = '/admin/routes/:applicationId/:place';
const tag = 'Routes';

const params = z.object({
  applicationId: z.string().describe('The application it is for, or `all`.'),
  place: z
    .string()
    .transform((text) => (text.toLowerCase() === EVERYWHERE ? EVERYWHERE : (readPlace(text) ?? text)))
    .refine(
      (text) => text === EVERYWHERE || readPlace(text) !== undefined || RANGE_PREFIX.test(text),
      `must be ${EVERYWHERE}, an ISO 3166-1 alpha-2 country code or + and the first digits of numbers`,
    )
    .describe('`everywhere`, a country such as `GB`, or how numbers begin, such as `+4474`.'),
});

const routeBody = z.object({
  applicationId: z.string().describe('The application it is for, or `all`.'),
  place: z.string().describe('`everywhere`, a country, or how numbers begin.'),
  steps: z
    .array(
      z.object({
        carrier: z.string().describe('The carrier.'),
        method: z.enum(methods).describe('sms or voice.'),
        originator: z.string().optional().describe('What replaces the sender.'),
        waitForReceiptSeconds: z.int().optional().describe('How long a receipt is waited for before the next step.'),
        options: z.record(z.string(), z.string()).optional().describe('What only this type of carrier understands.'),
      }),
    )
    .describe('Carriers one after the other.'),
  from: z.enum(['file', 'management API']).describe('Where it is configured, and must be changed.'),
});

export const getRoutes = endpoint(
  {
    id: 'listRoutes',
    method: 'get',
    path: '/admin/routes',
    tag,
    summary: 'List routes',
    description: 'By application and place.',
    scope: 'carriers:read',
    query: z.object(pageQuery),
    answer: pageAnswer(routeBody),
  },
  async ({ database }, { query }) => {
    const asked = pageOf(query);
    const all = await allRoutes(database);
    const shown = all.slice(asked.page * asked.size, (asked.page + 1) * asked.size);
    return pageBody(shown.map(showRoute), all.length, asked);
  },
);

export const getRoute = endpoint(
  {
    id: 'readRoute',
    method: 'get',
    path,
    tag,
    summary: 'Read a route',
    scope: 'carriers:read',
    params,
    answer: routeBody,
  },
  async (_, { operator, params: place }) => showRoute(await existingRoute(operator, placeOf(place))),
);

export const putOneRoute = endpoint(
  {
    id: 'putRoute',
    method: 'put',
    path,
    tag,
    summary: 'Put a route',
    description:
      'In the place of what is there. A number goes by the most specific route: that of its application before that of all, and ' +
      'among either the longest beginning, then the country, then everywhere. A verification under way keeps the one it started with.',
    scope: 'carriers:write',
    params,
    body: { schema: stepsInput, types: ['json'] },
    answer: routeBody,
  },
  async ({ database, sandbox }, { operator, params: asked, body: { steps } }) => {
    if (asked.applicationId !== ALL) await existingApplication(database, asked.applicationId);
    const carriers = routableCarriers(await allCarriers(database), sandbox);
    return showRoute(await putRoute(operator, placeOf(asked), steps, carriers, SOURCE));
  },
);

export const deleteOneRoute = endpoint(
  {
    id: 'deleteRoute',
    method: 'delete',
    path,
    tag,
    summary: 'Delete a route',
    description: 'Numbers of its place go by the next less specific one. Answers what stood there.',
    scope: 'carriers:write',
    params,
    answer: routeBody,
  },
  async (_, { operator, params: place }) => showRoute(await removeRoute(operator, placeOf(place), SOURCE)),
);

function placeOf({ applicationId, place }: z.output<typeof params>): RoutePlace {
  return {
    ...(applicationId !== ALL && { applicationId }),
    ...(place.startsWith('+') ? { prefix: place } : place !== EVERYWHERE && { country: place }),
  };
}

function showRoute({ applicationId = ALL, prefix, country, steps, from }: RouteDocument): z.output<typeof routeBody> {
  return {
    applicationId,
    place: prefix ?? country ?? EVERYWHERE,
    steps: steps.map(({ options, ...step }) => ({ ...step, ...(options && { options: { ...options } }) })),
    from,
  };
}
