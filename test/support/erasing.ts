// A service whose traces of a person are searched: processes that log all they can, an operator who erases, a receiver.
import { VERIFICATIONS_QUEUE } from '../../workflows/messages.ts';
import { startAdmin, type TestAdmin, type TestOperator } from './admin.ts';
import { eventually } from './eventually.ts';
import type { TestProcess } from './process.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { createStack, drawKey, type Stack, type TestApplication } from './stack.ts';
import { betrayalsOf, tracesOf } from './traces.ts';

export const NUMBER = '+306948530920';
export const ARGUMENT = 'Persephone-Quill';
const WITHIN_MS = 90_000;

/** Somebody with a number of his own, and an operator who erases it. */
export interface Person {
  readonly number: string;
  /** Asks once, as anybody who can be asked. */
  // biome-ignore lint/suspicious/noExplicitAny: the answer's schema is checked where it is asked for.
  eraseOnce(fields?: object, by?: TestOperator): Promise<any>;
  /** Repeats as the report asks for while Temporal deletes. Returns the sums of what was removed. */
  erase(): Promise<Record<string, number>>;
  /** Where anything of the person is found. */
  traces(): Promise<string[]>;
  /** A verification of the number with the argument in its text. */
  open(app: TestApplication, fields?: object): Promise<string>;
  verified(app: TestApplication): Promise<string>;
}

/** Its own person has `NUMBER` and `ARGUMENT`. */
export interface Erasing extends Person {
  readonly stack: Stack;
  readonly admin: TestAdmin;
  readonly chief: TestOperator;
  readonly receiver: Receiver;
  /** Settings of processes that reach the receiver and log all they can. */
  readonly env: NodeJS.ProcessEnv;
  /** What `replayCallback` and its like are given. */
  readonly tools: Parameters<typeof import('../../admin/callbacks.ts').replayCallback>[0];
  /** Starts a process whose log is searched. */
  watched(starting: Promise<TestProcess>): Promise<TestProcess>;
  /** The regular audit, now. */
  audit(): Promise<unknown>;
  /** Another person, whose number must end on three digits of his own, for tests that run at the same time. */
  person(number: string, argument?: string): Person;
  stop(): Promise<void>;
}

export async function createErasing(): Promise<Erasing> {
  const receiver = await startReceiver();
  const stack = await createStack({ keys: [drawKey('k1'), drawKey('k2')] });
  const admin = await startAdmin(stack, [receiver.host]);
  const chief = await admin.operator({ name: 'Chief' });
  const processes: TestProcess[] = [];
  let audits = 0;
  const person = (number: string, argument = `Persephone-${number.slice(-3)}`): Person => {
    const open = (app: TestApplication, fields: object = {}) =>
      app.api.open({ template: 'Dear @@name, @@pin', arguments: { name: argument }, recipient: number, ...fields });
    const eraseOnce = (fields: object = {}, by = chief) =>
      by.get('POST', '/admin/subjects/erase', { number, ...fields });
    return {
      number,
      eraseOnce,
      async erase() {
        const sums: Record<string, number> = {};
        const step = async () => {
          const { finished, removed, underWay } = await eraseOnce();
          for (const [place, count] of Object.entries(removed)) sums[place] = (sums[place] ?? 0) + Number(count);
          const others = underWay.filter(({ reason }: { reason: string }) => reason !== 'history');
          if (others.length > 0) throw new Error(`Waits for more than Temporal: ${JSON.stringify(others)}`);
          return finished;
        };
        await eventually('erased', step, WITHIN_MS);
        return sums;
      },
      traces() {
        const logs = [...processes.map((each) => each.output()), admin.log.join('')];
        return tracesOf(stack, [...betrayalsOf(stack.ring, number, '+30'), argument], logs);
      },
      open,
      async verified(app) {
        const trackingId = await open(app);
        await app.api.confirm(trackingId, await app.api.code(trackingId, number));
        return trackingId;
      },
    };
  };
  return {
    ...person(NUMBER, ARGUMENT),
    person,
    stack,
    admin,
    chief,
    receiver,
    env: { LOG_LEVEL: 'debug', CALLBACK_ALLOWED_HOSTS: receiver.host },
    tools: { ...stack, actor: 'test', allowedHosts: [receiver.host] },
    async watched(starting) {
      const started = await starting;
      processes.push(started);
      return started;
    },
    audit() {
      audits += 1;
      return stack.temporal.workflow.execute('ledgerAuditWorkflow', {
        workflowId: `audit-${audits}`,
        taskQueue: VERIFICATIONS_QUEUE,
        args: [{ abandonedAfterMs: 0 }],
      });
    },
    async stop() {
      await admin.close();
      await stack.stop();
      await receiver.stop();
    },
  };
}
