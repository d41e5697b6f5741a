// The public document: it lints, describes every route, names every error, and holds examples.
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../api/openapi/document.ts';
import { publicDocument, VERSION } from '../../api/openapi/public-document.ts';
import type { Operation } from '../../api/operation.ts';
import { createRouter, publicOperations, type RouteDeps } from '../../api/routes.ts';
import { fixedRing } from '../support/key-rings.ts';

const operations = publicOperations({ sandbox: true });
const document = publicDocument(operations);

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into by path.
const at = (path: string, method: string): any => document.paths[path]?.[method];

describe('the document', () => {
  test('passes the linter, but for probes that refuse nobody', async () => {
    const rules = { 'operation-4xx-response': 'off' } as const;
    const config = await createConfig({ extends: ['recommended-strict'], rules });
    const source = JSON.stringify(document, null, 2);
    const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
    expect(problems.map(({ message, location }) => `${location[0]?.pointer} ${message}`)).toEqual([]);
    const without4xx = operations.filter(({ path, method }) => {
      const statuses = Object.keys(at(path.replace(/:(\w+)/g, '{$1}'), method).responses);
      return !statuses.some((status) => status.startsWith('4'));
    });
    expect(without4xx.map(({ id }) => id)).toEqual(['live', 'ready']);
  });

  test('has the version of the package', () => {
    expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
  });

  test('describes every route but its own, and the sandbox only where it is', () => {
    const routesOf = (sandbox: boolean) =>
      createRouter({ sandbox, ring: fixedRing('k1') } as RouteDeps)
        .stack.flatMap(({ methods, path }) =>
          methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${String(path)}`),
        )
        .filter((route) => !/^GET \/(openapi\.json|docs)/.test(route));
    const described = (sandbox: boolean) =>
      publicOperations({ sandbox }).map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(routesOf(true)).toEqual(described(true));
    expect(routesOf(false)).toEqual(described(false));
    expect(described(true).filter((route) => !described(false).includes(route))).toEqual(['GET /sandbox/messages']);
  });

  test('names every error by its nine digits where it is met', () => {
    const { responses } = at('/2step/{trackingId}', 'post');
    const codes = (status: number) =>
      JSON.stringify(responses[status].content['application/json'].schema).match(/\d{9}/g);
    expect(codes(400)).toEqual(['400005000', '400011002', '400011003', '400011004', '400011005']);
    expect(codes(404)).toEqual(['404011006']);
    expect(Object.keys(responses)).toEqual(['200', '400', '401', '404', '413', '415', '500', '503']);
    expect(responses[503].headers).toHaveProperty('Retry-After');
    expect(responses[400].headers).toHaveProperty('X-Attempts-Remaining');
  });

  test('asks for Basic credentials for a token, for the token elsewhere, and for nothing at the probes', () => {
    expect(at('/oauth/token', 'post').security).toEqual([{ credentials: [] }]);
    expect(at('/2step', 'post').security).toEqual([{ token: [] }]);
    expect(at('/livez', 'get').security).toEqual([]);
    expect(Object.keys((document.components as { securitySchemes: object }).securitySchemes)).toEqual([
      'credentials',
      'token',
    ]);
  });

  test('holds the examples that were recorded, each as its own schema has it', () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema(document, 'document');
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const bodies: [string, any][] = operations.flatMap(({ path, method }) => {
      const template = path.replace(/:(\w+)/g, '{$1}');
      const root = `/paths/${encodeURIComponent(template.replaceAll('/', '~1'))}/${method}`;
      const { responses } = at(template, method);
      return Object.keys(responses).map((status): [string, unknown] => [
        `${root}/responses/${status}/content/application~1json`,
        responses[status].content['application/json'],
      ]);
    });
    const wrong = bodies.flatMap(([pointer, { examples = {} }]) =>
      Object.entries<{ value: unknown }>(examples)
        .filter(([, { value }]) => !ajv.validate({ $ref: `document#${pointer}/schema` }, value))
        .map(([name]) => `${pointer} ${name}: ${ajv.errorsText()}`),
    );
    expect(wrong).toEqual([]);
  });
});

test('operators’ operations make a document with their scheme and scope, and the errors that go with them', () => {
  const operation: Operation = {
    id: 'listThings',
    method: 'get',
    path: '/admin/things/:thingId',
    tag: 'Things',
    summary: 'All things',
    security: 'operator',
    scope: 'things:read',
    params: z.object({ thingId: z.string() }),
    answer: z.object({ things: z.array(z.string()) }),
    errors: [],
  };
  const made = openApiDocument({
    title: 'Admin',
    description: 'For operators.',
    version: '1',
    tags: [{ name: 'Things', description: 'Things.' }],
    operations: [operation],
    examples: {},
  });
  expect(made.paths['/admin/things/{thingId}']?.get).toMatchObject({
    security: [{ operator: ['things:read'] }],
    responses: { 401: {}, 403: {}, 500: {}, 503: {} },
  });
  expect(Object.keys((made.components as { securitySchemes: object }).securitySchemes)).toEqual(['operator']);
});
