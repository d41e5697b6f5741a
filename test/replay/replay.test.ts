// Today's workflow code on yesterday's histories: every recorded ending must replay, and a wrong workflow must not.
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import {
  bundleWorkflowCode,
  DefaultLogger,
  makeTelemetryFilterString,
  type ReplayWorkerOptions,
  Runtime,
  Worker,
} from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { deriveCode } from '../../secrets/code.ts';
import { createWorkflowDataConverter } from '../../secrets/data-converter.ts';
import { parseKeyRing } from '../../secrets/key-ring.ts';
import { showPayload } from '../../secrets/payload-codec.ts';
import type { CallbackResult } from '../../workflows/callback.ts';
import type { CallbackInput, VerificationInput, VerificationResult } from '../../workflows/messages.ts';
import {
  ARGUMENT,
  type CallbackEnding,
  callbackEndings,
  type Ending,
  type EndingFacts,
  endings,
  type Recording,
  readHistory,
  readRecordings,
  recordingKey,
} from './recordings.ts';

const ring = parseKeyRing(JSON.stringify({ keys: [recordingKey] }));
const recordings = readRecordings();
let bundles: { real: string; wrong: string };

beforeAll(async () => {
  // The alarm rings as an error; what the SDK logs about it would only be noise.
  const logging = { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) };
  Runtime.install({ logger: new DefaultLogger('ERROR', () => {}), telemetryOptions: { logging } });
  bundles = { real: await bundle('../../workflows/index.ts'), wrong: await bundle('./wrong-workflow.ts') };
}, 60_000);

const pathOf = (file: string) => new URL(file, import.meta.url).pathname;

async function bundle(file: string): Promise<string> {
  const failureConverterPath = pathOf('../../secrets/failure-converter.ts');
  const logger = new DefaultLogger('ERROR');
  return (await bundleWorkflowCode({ workflowsPath: pathOf(file), failureConverterPath, logger })).code;
}

function replay(code: string, { text }: Recording): Promise<void> {
  const history = readHistory(text);
  const sealedFor = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.metadata;
  const [namespace, workflowId] = JSON.parse(Buffer.from(sealedFor?.['sealed-for'] ?? []).toString());
  // Its type leaves the namespace out, for which everything is sealed.
  const options: ReplayWorkerOptions = {
    workflowBundle: { code },
    dataConverter: createWorkflowDataConverter(ring),
    ...{ namespace },
  };
  return Worker.runReplayHistory(options, history, workflowId);
}

test('every ending was recorded', () => {
  const recorded = [...new Set(recordings.map(({ ending }) => ending))].sort();
  expect(recorded).toEqual(Object.keys({ ...endings, ...callbackEndings }).sort());
});

describe.each(recordings)('$file', (recording) => {
  test('replays on the workflow of today', async () => {
    await replay(bundles.real, recording);
  }, 30_000);

  test('cannot be replayed on a workflow that does the same in another order', async () => {
    await expect(replay(bundles.wrong, recording)).rejects.toThrow(DeterminismViolationError);
  }, 30_000);
});

/** What carriers were asked, in order. */
const askedIn = ({ text }: Recording) =>
  (readHistory(text).events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => {
    const [, carrier] = /^(?:deliveries|feedback)-(.+)$/.exec(scheduled?.taskQueue?.name ?? '') ?? [];
    return carrier === undefined ? [] : `${scheduled?.activityType?.name} of ${carrier}`;
  });

const isOfCallback = ({ ending }: Recording) => ending in callbackEndings;

describe.each(recordings.filter((recording) => !isOfCallback(recording)))('$file', (recording) => {
  test('ends as its name says', async () => {
    const { result } = contentOf<VerificationInput, VerificationResult>(recording);
    const { outcome, timesTried, charged, asked }: EndingFacts = endings[recording.ending as Ending];
    expect(result).toMatchObject({ outcome, timesTried });
    expect(result.charged > 0).toBe(charged);
    if (asked) expect(askedIn(recording)).toEqual(asked);
  });

  test('holds no number, code, argument or seed in clear, nor in plain base64', async () => {
    const { input } = contentOf<VerificationInput, VerificationResult>(recording);
    const { seed, trackingId, digits, recipient } = input;
    const code = deriveCode(ring.maker, { seed, trackingId, generation: 1, digits });
    expect(input.arguments).toEqual({ name: ARGUMENT });
    expectHidden(recording, trackingId, [recipient.slice(1), recipient.slice(-8), code, ARGUMENT, seed]);
  });
});

describe.each(recordings.filter(isOfCallback))('$file', (recording) => {
  test('was delivered at the attempt its name says, and holds no number in clear', async () => {
    const { input, result } = contentOf<CallbackInput, CallbackResult>(recording);
    expect(result).toEqual({ delivered: true, attempts: callbackEndings[recording.ending as CallbackEnding] });
    const { trackingId, recipient } = input.event;
    expectHidden(recording, trackingId, [recipient.slice(1), recipient.slice(-8)]);
  });
});

/** None of the secrets stands in the history, neither as it is nor in base64. */
function expectHidden({ text }: Recording, trackingId: string, secrets: readonly string[]): void {
  const everything = `${text}\n${stringsIn(JSON.parse(text)).map(fromBase64).join('\n')}`;
  expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
  // The search can find: what may stand in clear is found, in both ways.
  expect(everything).toContain(trackingId);
  expect(everything).toContain('binary/encrypted');
}

function contentOf<I, R>({ text }: Recording): { input: I; result: R } {
  const events = readHistory(text).events ?? [];
  const started = events[0]?.workflowExecutionStartedEventAttributes?.input?.payloads;
  const completed = events.at(-1)?.workflowExecutionCompletedEventAttributes?.result?.payloads;
  return { input: opened(started?.[0]), result: opened(completed?.[0]) };
}

function opened<T>(payload: Payload | undefined): T {
  if (!payload) throw new Error('The history holds no such payload');
  return defaultPayloadConverter.fromPayload<T>(showPayload(ring, payload));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

const fromBase64 = (text: string) => Buffer.from(text, 'base64').toString('latin1');
