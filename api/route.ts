// Puts operations and their handlers on a router; which bodies are read and who may ask follow from the operation.
import type Router from '@koa/router';
import type { Middleware } from 'koa';
import { body } from './middleware/body.ts';
import { carrierBody } from './middleware/carrier-body.ts';
import type { Operation } from './operation.ts';

/** One line of a route table: an operation, and what makes its handler. */
export type Row<Deps, O extends Operation = Operation> = readonly [
  operation: O,
  handlerFor: (deps: Deps) => Middleware,
];

/** Adds the rows in their order, which matters: the first path that fits is taken. `guardsOf` come before the body is read. */
export function route<Deps, O extends Operation = Operation>(
  router: Router,
  deps: Deps,
  guardsOf: (operation: O) => Middleware[],
  rows: readonly Row<Deps, O>[],
): void {
  for (const [operation, handlerFor] of rows) {
    router[operation.method](operation.path, ...guardsOf(operation), ...readerOf(operation), handlerFor(deps));
  }
}

function readerOf({ body: given }: Operation): Middleware[] {
  if (!given) return [];
  return ['ofCarrier' in given ? carrierBody() : body(...given.types)];
}
