// Makes the Temporal namespace fit for verifications: there, with the search attributes they carry.
import { type Connection, isGrpcServiceError } from '@temporalio/client';
import proto from '@temporalio/proto';
import { searchAttributes } from '../workflows/messages.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const RETENTION_SECONDS = 7 * 24 * 3600;
/** A new namespace is known everywhere after this at the latest; in milliseconds. */
const NAMESPACE_WAIT_MS = 30_000;

/**
 * Creates what is missing.
 * @throws Error that names the missing search attributes, where creating them is not allowed.
 */
export async function prepareNamespace(connection: Connection, namespace: string): Promise<void> {
  await ensureNamespace(connection, namespace);
  const missing = await retryUntil(Date.now() + NAMESPACE_WAIT_MS, () => missingAttributes(connection, namespace));
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD])),
    });
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === ALREADY_EXISTS) return;
    throw new Error(
      `Namespace ${namespace} lacks the keyword search attributes ${missing.join(', ')}, and they cannot be added from here: ask its operator to add them`,
    );
  }
}

async function ensureNamespace(connection: Connection, namespace: string): Promise<void> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
    await connection.workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: RETENTION_SECONDS as never } })
      .catch((raced: unknown) => {
        if (!isGrpcServiceError(raced) || raced.code !== ALREADY_EXISTS) throw raced;
      });
  }
}

async function missingAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.values(searchAttributes)
    .map(({ name }) => name)
    .filter((name) => !Object.hasOwn(customAttributes ?? {}, name));
}

async function retryUntil<T>(deadline: number, run: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
