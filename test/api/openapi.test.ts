// The documents: they lint, describe every route, name every error, and hold examples.
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type { AdminDeps } from '../../api/admin/endpoint.ts';
import { adminOperations, createAdminRouter, documentedAdminOperations } from '../../api/admin/routes.ts';
import { adminDocument } from '../../api/openapi/admin-document.ts';
import type { OpenApiDocument } from '../../api/openapi/document.ts';
import { publicDocument } from '../../api/openapi/public-document.ts';
import { VERSION } from '../../api/openapi/version.ts';
import type { Operation } from '../../api/operation.ts';
import { createRouter, publicOperations, type RouteDeps } from '../../api/routes.ts';
import { fixedRing } from '../support/key-rings.ts';

const documents = [
  { name: 'public', operations: publicOperations({ sandbox: true }), make: publicDocument },
  { name: 'management', operations: documentedAdminOperations, make: adminDocument },
].map(({ make, ...rest }) => ({ ...rest, document: make(rest.operations) }));

const templateOf = ({ path }: Operation) => path.replace(/:(\w+)/g, '{$1}');
const routesOf = ({ stack }: ReturnType<typeof createRouter>) =>
  stack
    .flatMap(({ methods, path }) => methods.map((method) => `${method} ${String(path)}`))
    .filter((route) => !/^HEAD |^GET (\/admin)?\/(openapi\.json|docs)/.test(route));
const described = (operations: readonly Operation[]) =>
  operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
const schemesOf = ({ components }: OpenApiDocument) =>
  Object.keys((components as { securitySchemes: object }).securitySchemes);

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into by path.
type Node = any;

const nodeOf = ({ paths }: OpenApiDocument, operation: Operation): Node =>
  paths[templateOf(operation)]?.[operation.method];

describe.each(documents)('the $name document', ({ document, operations }) => {
  const at = (operation: Operation) => nodeOf(document, operation);

  test('passes the linter, but for probes that refuse nobody', async () => {
    const rules = { 'operation-4xx-response': 'off' } as const;
    const config = await createConfig({ extends: ['recommended-strict'], rules });
    const source = JSON.stringify(document, null, 2);
    const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
    expect(problems.map(({ message, location }) => `${location[0]?.pointer} ${message}`)).toEqual([]);
    const without4xx = operations.filter((each) => {
      const statuses = Object.keys(at(each).responses);
      return !statuses.some((status) => status.startsWith('4'));
    });
    expect(without4xx.filter(({ tag }) => tag !== 'Probes')).toEqual([]);
  });

  test('has the version of the package', () => {
    expect(document.info).toMatchObject({ version: VERSION });
    expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
  });

  test('holds the examples that were recorded, each as its own schema has it', () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema(document, 'document');
    const bodies: [string, Node][] = operations.flatMap((operation) => {
      const root = `/paths/${encodeURIComponent(templateOf(operation).replaceAll('/', '~1'))}/${operation.method}`;
      const { responses, requestBody = { content: {} } } = at(operation);
      const answers = Object.keys(responses).map((status): [string, Node] => [
        `${root}/responses/${status}/content/application~1json`,
        responses[status].content['application/json'],
      ]);
      const types = Object.keys(requestBody.content).map((type): [string, Node] => {
        const { example } = requestBody.content[type];
        const examples = example === undefined ? {} : { request: { value: example } };
        return [`${root}/requestBody/content/${type.replace('/', '~1')}`, { examples }];
      });
      return [...answers, ...types];
    });
    const examples = bodies.flatMap(([pointer, { examples: named = {} }]) =>
      Object.entries<{ value: unknown }>(named).map(([name, { value }]) => ({ pointer, name, value })),
    );
    const wrong = examples
      .filter(({ pointer, value }) => !ajv.validate({ $ref: `document#${pointer}/schema` }, value))
      .map(({ pointer, name }) => `${pointer} ${name}: ${ajv.errorsText()}`);
    expect(wrong).toEqual([]);
    expect(examples.length).toBeGreaterThan(operations.length);
  });
});

describe('the public document', () => {
  const [{ document } = { document: { paths: {} } as OpenApiDocument }] = documents;
  const at = (path: string, method: string): Node => document.paths[path]?.[method];

  test('describes every route but its own, and the sandbox only where it is', () => {
    const served = (sandbox: boolean) => routesOf(createRouter({ sandbox, ring: fixedRing('k1') } as RouteDeps));
    const told = (sandbox: boolean) => described(publicOperations({ sandbox }));
    expect(served(true)).toEqual(told(true));
    expect(served(false)).toEqual(told(false));
    expect(told(true).filter((route) => !told(false).includes(route))).toEqual(['GET /sandbox/messages']);
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
    expect(schemesOf(document)).toEqual(['credentials', 'token']);
  });
});

describe('the management document', () => {
  const [, { document } = { document: { paths: {} } as OpenApiDocument }] = documents;

  test('describes every route but its own', () => {
    expect(routesOf(createAdminRouter({} as AdminDeps))).toEqual(described(documentedAdminOperations));
  });

  test('asks for an operator’s token everywhere, names the scope, and the errors that go with them', () => {
    for (const operation of adminOperations) {
      const { security, responses, description } = nodeOf(document, operation);
      expect(description).toContain(`\`${operation.scope}\``);
      expect(security).toEqual([{ operator: [operation.scope] }]);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '401', '403', '500', '503']));
    }
    expect(schemesOf(document)).toEqual(['operator']);
  });

  test('knows amounts by their bounds, as numbers and as texts', () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema(document, 'document');
    const root = `document#/paths/${encodeURIComponent('~1admin~1accounts~1{accountId}~1top-ups')}/post`;
    const valid = ajv.compile({ $ref: `${root}/requestBody/content/application~1json/schema` });
    const takes = (amount: unknown) => valid({ amount, reference: 'Invoice 7' });
    expect([0.000001, 0.29, 1_000_000_000, '0.29', '7', '0.000001'].map(takes)).not.toContain(false);
    expect([0, -1, 1_000_000_001, '0.0000001', '-1', '1e3', '', null, true].map(takes)).not.toContain(true);
  });
});
