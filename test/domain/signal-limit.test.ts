// Which refusals of a signal are for good: those of Temporal's limit for one workflow.
import { expect, test } from 'vitest';
import { isFull } from '../../domain/signal-limit.ts';

const grpc = (code: number, details: string) => Object.assign(new Error(`${code} X: ${details}`), { code, details });
const wrapped = (cause: Error) => new Error('Failed to signal Workflow', { cause });

test.each([
  grpc(3, 'exceeded workflow execution limit for signal events'),
  grpc(8, 'exceeded workflow execution limit for signal events'),
  grpc(9, 'Exceeded limit of signals'),
  wrapped(grpc(3, 'exceeded workflow execution limit for signal events')),
  wrapped(grpc(8, 'workflow has exceeded its signal limit')),
])('the limit is: %s', (error) => {
  expect(isFull(error)).toBe(true);
});

test.each([
  grpc(8, 'namespace rate limit exceeded'),
  grpc(14, 'exceeded workflow execution limit for signal events'),
  grpc(3, 'SignalName is not set on request.'),
  grpc(5, 'workflow execution already completed'),
  wrapped(new Error('exceeded workflow execution limit for signal events')),
  new Error('away'),
  'exceeded workflow execution limit for signal events',
  undefined,
])('the limit is not: %s', (error) => {
  expect(isFull(error)).toBe(false);
});
