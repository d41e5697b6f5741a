// Refuses a body where none is asked for: what it says would be lost in silence, and some acts cannot be taken back.
import type { Middleware } from 'koa';
import { invalidFields, RefusedError } from '../../../domain/errors.ts';
import { hasBody } from '../../body/read-bytes.ts';
import { body } from '../../middleware/body.ts';
import { unknownFields } from '../../unknown-fields.ts';

const read = body('json');

/** An empty body, or an empty object, says nothing; of any other each field is named. */
export const noBody: Middleware = async function refuseBody(ctx, next) {
  if (hasBody(ctx.req)) {
    await read(ctx, async () => undefined).catch((error: unknown) => {
      throw error instanceof RefusedError ? invalidFields({ body: 'is not asked for here: send none' }) : error;
    });
    const problems = unknownFields(undefined, ctx.request.body);
    if (Object.keys(problems).length > 0) throw invalidFields(problems);
  }
  await next();
};
