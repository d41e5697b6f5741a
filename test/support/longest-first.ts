// The order of the files: those that wait longest come first, so that none of them runs alone at the end.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes more than 25 s, nearly all of it waiting. One that is missing here costs time and nothing else. */
const LONGEST = [
  'carrier-pool',
  'worker-killed-accepted',
  'key-rotation',
  'worker-killed-resending',
  'worker-lost',
  'resend',
  'replay-of-slow-days',
  'stop-signals',
  'mongodb-away',
  'twilio',
  'worker-killed-changing-method',
  'worker-killed-later',
  'temporal-killed',
  'worker-killed-opening',
  'smpp-failover',
  'erase-interrupted',
  'worker-frozen',
  'contract-outage',
  'racing-answers',
  'seed',
  'nothing-in-clear',
  'funds-command',
];

/** The rest keeps the order of vitest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(`/test/system/${name}.test.ts`));
      return index === -1 ? LONGEST.length : index;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
