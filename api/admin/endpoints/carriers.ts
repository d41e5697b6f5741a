// GET /admin/carriers, GET, PUT and DELETE /admin/carriers/{name}: the ways out to the phone network.
import { z } from 'zod';
import { carrierInput } from '../../../admin/carrier-fields.ts';
import { putCarrier, removeCarrier } from '../../../admin/carriers.ts';
import { currentHealth } from '../../../store/carrier-health.ts';
import { allCarriers } from '../../../store/carriers.ts';
import { pageBody, pageOf } from '../../paging.ts';
import { carrierBody, carrierName, existingCarrier, showCarrier } from '../carrier-body.ts';
import { endpoint } from '../endpoint.ts';
import { pageAnswer, pageQuery } from '../fields.ts';

const SOURCE = 'management API';
const path = '/admin/carriers/:name';
const tag = 'Carriers';

export const getCarriers = endpoint(
  {
    id: 'listCarriers',
    method: 'get',
    path: '/admin/carriers',
    tag,
    summary: 'List carriers',
    description: 'By name. The built-in sandbox is not among them.',
    scope: 'carriers:read',
    query: z.object(pageQuery),
    answer: pageAnswer(carrierBody),
  },
  async ({ database, ring }, { query }) => {
    const asked = pageOf(query);
    const [all, health] = await Promise.all([allCarriers(database), currentHealth(database)]);
    const shown = all.slice(asked.page * asked.size, (asked.page + 1) * asked.size);
    return pageBody(
      shown.map((carrier) => showCarrier(ring, carrier, health)),
      all.length,
      asked,
    );
  },
);

export const getCarrier = endpoint(
  {
    id: 'readCarrier',
    method: 'get',
    path,
    tag,
    summary: 'Read a carrier',
    scope: 'carriers:read',
    params: z.object(carrierName),
    answer: carrierBody,
  },
  async ({ database, ring }, { params: { name } }) =>
    showCarrier(ring, await existingCarrier(database, name), await currentHealth(database, name)),
);

export const putOneCarrier = endpoint(
  {
    id: 'putCarrier',
    method: 'put',
    path,
    tag,
    summary: 'Put a carrier',
    description:
      'Makes it or puts it in the place of what is there; workers take it up within seconds, without a restart. Settings are ' +
      'replaced as a whole, secrets that are left out stay, unless they would go elsewhere than before: then they must come again. A name is a letter and up to 31 more letters, digits and hyphens.',
    scope: 'carriers:write',
    params: z.object(carrierName),
    body: { schema: carrierInput, types: ['json'] },
    answer: carrierBody,
  },
  async (deps, { operator, params: { name }, body }) =>
    showCarrier(
      deps.ring,
      await putCarrier(operator, deps, name, body, SOURCE),
      await currentHealth(deps.database, name),
    ),
);

export const deleteOneCarrier = endpoint(
  {
    id: 'deleteCarrier',
    method: 'delete',
    path,
    tag,
    summary: 'Delete a carrier',
    description:
      'One that no route needs. Messages that wait for it wait until their lives end. Answers what was there.',
    scope: 'carriers:write',
    params: z.object(carrierName),
    answer: carrierBody,
  },
  async ({ ring }, { operator, params: { name } }) =>
    showCarrier(ring, await removeCarrier(operator, name, SOURCE), []),
);
