// A call at the Vonage of the tests: goes through its script action by action, listens for keys, and asks what to do next.
import { randomUUID } from 'node:crypto';
import { descriptionProblem } from './description.ts';
import type { Reporter, Told } from './mock-reports.ts';

// biome-ignore lint/suspicious/noExplicitAny: a script is looked into as Vonage would.
type Action = any;

export interface Heard {
  readonly language: string;
  readonly text: string;
}

export interface PlacedCall {
  readonly uuid: string;
  /** As the request had it. */
  // biome-ignore lint/suspicious/noExplicitAny: looked into by tests.
  readonly body: any;
  /** What whoever answered heard so far, in order. */
  readonly heard: Heard[];
  /** A person answers. */
  answer(): Promise<void>;
  /** A machine answers, and Vonage hangs up. */
  machine(): Promise<void>;
  /** Nobody answers, or nobody can. */
  fail(status: string, detail?: string): Promise<number>;
  /** Presses a key while the call waits for one. */
  press(digits: string): Promise<Told>;
  /** Lets the time for a key go by. */
  waitInVain(): Promise<Told>;
  /** The call is over; @returns the HTTP status its last event was answered with */
  hangUp(): Promise<number>;
  /** Whether it waits for a key; else the script is at its end. */
  waiting(): boolean;
}

export function placedCall(uuid: string, body: Action, report: Reporter): PlacedCall {
  const heard: Heard[] = [];
  const conversation = `CON-${randomUUID()}`;
  let waitsAt: Action;

  const event = async (fields: object) => {
    const url: string | undefined = body.event_url?.[0];
    if (url === undefined) return 0;
    const common = { from: body.from?.number ?? 'unknown', to: body.to[0].number, conversation_uuid: conversation };
    const timestamp = new Date().toISOString();
    return (await report.webhook(url, { ...common, ...fields, timestamp })).status;
  };
  const happened = (status: string, more: object = {}) =>
    event({ uuid, status, direction: 'outbound', headers: {}, ...more });

  function run(script: Action[]): void {
    waitsAt = undefined;
    for (const action of script) {
      if (action.action === 'talk') heard.push({ language: action.language, text: action.text });
      if (action.action !== 'input') continue;
      waitsAt = action;
      return;
    }
  }

  async function input(dtmf: object): Promise<Told> {
    if (!waitsAt) throw new Error('The call waits for no key');
    const told = await report.webhook(waitsAt.eventUrl[0], {
      from: body.from?.number ?? 'unknown',
      to: body.to[0].number,
      speech: { results: [] },
      dtmf,
      uuid,
      conversation_uuid: conversation,
      timestamp: new Date().toISOString(),
    });
    waitsAt = undefined;
    if (told.status !== 200) return told;
    const script = JSON.parse(told.text);
    const problem = descriptionProblem('ncco', script);
    if (problem !== undefined) report.problem(problem);
    run(script);
    return told;
  }

  return {
    uuid,
    body,
    heard,
    waiting: () => waitsAt !== undefined,
    async answer() {
      await happened('started');
      await happened('ringing');
      await happened('answered', { network: null, rate: null, start_time: null });
      // Named otherwise than in all other events.
      if (body.machine_detection) await event({ call_uuid: uuid, status: 'human' });
      run(body.ncco);
    },
    async machine() {
      await happened('started');
      await happened('answered');
      await event({ call_uuid: uuid, status: 'machine' });
      await happened('completed', { duration: '4' });
    },
    async fail(status, detail) {
      await happened('started');
      return await happened(status, detail === undefined ? {} : { detail });
    },
    press: (digits) => input({ digits, timed_out: false }),
    waitInVain: () => input({ digits: '', timed_out: true }),
    hangUp: () =>
      happened('completed', { duration: '21', rate: '0.01', price: '0.0035', network: '20201', end_time: null }),
  };
}
