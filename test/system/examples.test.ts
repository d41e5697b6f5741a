// The examples of the document are real answers: the same story told again has the same shape.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callbackEvent } from '../../api/openapi/callback.ts';
import { recordedAdminExamples } from '../../api/openapi/recorded-admin-examples.ts';
import { recordedExamples } from '../../api/openapi/recorded-examples.ts';
import { playExamples } from '../examples/play.ts';
import { playAdminExamples } from '../examples/play-admin.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await createStack();
  await Promise.all([stack.startApi(), stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host })]);
});
afterAll(async () => {
  await stack?.stop();
  await receiver?.stop();
});

test('what the management document shows is what is answered, and it holds no secret', async () => {
  expect(shapeOf(await playAdminExamples(stack, receiver))).toEqual(shapeOf(recordedAdminExamples));
  const text = JSON.stringify(recordedAdminExamples);
  expect(text).not.toMatch(/twop_\w{24}_|whsec_[^"]{12}/);
  expect(text.match(/"(token|applicationSecret|signingSecret)":"[^"]{1,13}…"/g)).toHaveLength(7);
});

test('what the document shows is what is answered, by names and types', async () => {
  const played = await playExamples(stack, receiver);
  expect(shapeOf(played)).toEqual(shapeOf(recordedExamples));
  expect(callbackEvent.strict().parse(played.verificationEnded?.request)).toEqual(played.verificationEnded?.request);
});

/** Values give way to their types, but the words an error is known by stay. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const known = ['code', 'developerMessage', 'error', 'status', 'kind', 'event'];
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, known.includes(name) ? inner : shapeOf(inner)]),
  );
}
