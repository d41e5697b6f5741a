// The Temporal namespace a worker prepares: made where it is missing, left as it is where it is not, refusals explained.
import { randomBytes } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { prepareNamespace } from '../../worker/prepare-namespace.ts';
import { searchAttributes } from '../../workflows/messages.ts';

const DAY_SECONDS = 24 * 3600;
const KEYWORD = 2;
const names = Object.values(searchAttributes).map(({ name }) => name);

let connection: Connection;

beforeAll(async () => {
  connection = await Connection.connect({ address: inject('servers').temporalAddress });
});
afterAll(() => connection?.close());

const freshName = () => `n${randomBytes(6).toString('hex')}`;
async function look(namespace: string) {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return { retention: Number(config?.workflowExecutionRetentionTtl?.seconds), customAttributes };
}
const keywords = Object.fromEntries(names.map((name) => [name, KEYWORD]));

describe('a namespace', () => {
  test('is created with 7 days of retention and every search attribute, and a second time changes nothing', async () => {
    const namespace = freshName();
    await prepareNamespace(connection, namespace);
    const prepared = await look(namespace);
    expect(prepared.retention).toBe(7 * DAY_SECONDS);
    expect(prepared.customAttributes).toMatchObject(keywords);
    await prepareNamespace(connection, namespace);
    expect(await look(namespace)).toEqual(prepared);
  });

  test('that is there keeps its retention and gets what it lacks', async () => {
    const namespace = freshName();
    const seconds = 3 * DAY_SECONDS;
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: seconds as never },
    });
    await prepareNamespace(connection, namespace);
    expect(await look(namespace)).toMatchObject({ retention: seconds, customAttributes: keywords });
  });

  test('is prepared by several workers at once without an error', async () => {
    const namespace = freshName();
    await Promise.all([1, 2, 3].map(() => prepareNamespace(connection, namespace)));
    expect(await look(namespace)).toMatchObject({ retention: 7 * DAY_SECONDS, customAttributes: keywords });
  });
});

/** An error as gRPC gives it. */
const grpcError = (code: number) => Object.assign(new Error('from the server'), { code, details: '', metadata: {} });
const [PERMISSION_DENIED, ALREADY_EXISTS] = [7, 6];

/** A server whose namespace is there, with some attributes, and where adding more fails. */
function refusing(there: readonly string[], refusal: Error) {
  const addSearchAttributes = vi.fn(async (_: unknown) => {
    throw refusal;
  });
  const registerNamespace = vi.fn();
  const fake = {
    workflowService: { describeNamespace: async () => ({}), registerNamespace },
    operatorService: {
      listSearchAttributes: async () => ({
        customAttributes: Object.fromEntries(there.map((name) => [name, KEYWORD])),
      }),
      addSearchAttributes,
    },
  };
  return { addSearchAttributes, registerNamespace, connection: fake as unknown as Connection };
}

describe('where attributes may not be added', () => {
  test('those that are missing are named, with what to do, and those that are there are not', async () => {
    const [first = '', ...missing] = names;
    const server = refusing([first], grpcError(PERMISSION_DENIED));
    const refused = await prepareNamespace(server.connection, 'theirs').catch((error: Error) => error.message);
    expect(refused).toBe(
      `Namespace theirs lacks the keyword search attributes ${missing.join(', ')}, and they cannot be added from here: ask its operator to add them`,
    );
    expect(server.registerNamespace).not.toHaveBeenCalled();
  });

  test('nothing is asked for when none is missing', async () => {
    const server = refusing(names, grpcError(PERMISSION_DENIED));
    await prepareNamespace(server.connection, 'theirs');
    expect(server.addSearchAttributes).not.toHaveBeenCalled();
  });

  test('because another worker just added them, all is well', async () => {
    const server = refusing([], grpcError(ALREADY_EXISTS));
    await prepareNamespace(server.connection, 'ours');
    expect(server.addSearchAttributes).toHaveBeenCalledOnce();
  });
});

test('a server that may not be asked about the namespace is an error, and nothing is created', async () => {
  const registerNamespace = vi.fn();
  const describeNamespace = async () => {
    throw grpcError(PERMISSION_DENIED);
  };
  const fake = { workflowService: { describeNamespace, registerNamespace } } as unknown as Connection;
  await expect(prepareNamespace(fake, 'theirs')).rejects.toMatchObject({ code: PERMISSION_DENIED });
  expect(registerNamespace).not.toHaveBeenCalled();
});
