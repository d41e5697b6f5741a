// The form of CARRIERS_FILE: what is read, and every problem at once under its path, no value quoted.
import { describe, expect, test } from 'vitest';
import { readCarriersFile } from '../../admin/carriers-file-format.ts';

const read = (file: unknown, env: Record<string, string> = {}) => readCarriersFile(JSON.stringify(file), env);
const steps = [{ carrier: 'second', method: 'sms' }];

describe('a file', () => {
  test('is carriers by name and routes by place, either of which may be missing', () => {
    const { file, problems } = read({
      carriers: { second: { type: 'sandbox', settings: { delayInSeconds: 1 }, messagesPerSecond: 5 } },
      routes: [{ steps }, { applicationId: 'a', country: 'GR', steps }, { prefix: '+4474', steps }],
    });
    expect(problems).toEqual({});
    expect(file?.carriers).toEqual({
      second: { type: 'sandbox', settings: { delayInSeconds: 1 }, secrets: {}, messagesPerSecond: 5 },
    });
    expect(file?.routes).toEqual([
      { place: {}, steps },
      { place: { applicationId: 'a', country: 'GR' }, steps },
      { place: { prefix: '+4474' }, steps },
    ]);
    expect(read({}).file).toEqual({ carriers: {}, routes: [] });
  });

  test('takes secrets from the environment, and names the variable that is missing there', () => {
    const carriers = {
      second: { type: 'sandbox', secrets: { password: { env: 'PASSWORD' }, key: { env: 'KEY' }, pin: 'x' } },
    };
    const { file, problems } = read({ carriers }, { PASSWORD: 'hush' });
    expect(file?.carriers.second?.secrets).toEqual({ password: 'hush', key: undefined, pin: 'x' });
    expect(problems).toEqual({ 'carriers.second.secrets.key': 'needs KEY, which is not set in the environment' });
  });

  test.each([
    ['{"carriers": {"second": s3cr3t}}', { file: expect.stringMatching(/^must be JSON/) }],
    ['', { file: expect.stringMatching(/^must be JSON/) }],
    ['{\n  "carriers": {"s3cr3t": 1,}\n}', { file: expect.stringContaining('look at line 2, column 28') }],
    ['[]', { file: 'must be an object of carriers and routes' }],
    ['7', { file: 'must be an object of carriers and routes' }],
  ])('that is %s is refused', (text, problems) => {
    const refused = readCarriersFile(text, {});
    expect(refused.problems).toEqual(problems);
    expect(JSON.stringify(refused.problems)).not.toContain('s3cr3t');
  });

  test('that is wrong in several places is told about all of them, and no value is quoted', () => {
    const value = 's3cr3t';
    const { problems } = read({
      carriers: { second: { type: value, messagesPerSecond: value }, third: value },
      routes: [
        { steps: [] },
        { country: value, steps },
        { country: 'GR', prefix: '+30', steps },
        { prefix: value, steps: [{ carrier: 'second', method: value, waitForReceiptSeconds: 7_200 }] },
      ],
    });
    expect(Object.keys(problems).sort()).toEqual([
      'carriers.second.messagesPerSecond',
      'carriers.second.type',
      'carriers.third',
      'routes.0.steps',
      'routes.1.country',
      'routes.2.prefix',
      'routes.3.prefix',
      'routes.3.steps.0.method',
      'routes.3.steps.0.waitForReceiptSeconds',
    ]);
    expect(JSON.stringify(problems)).not.toContain(value);
  });

  test('with a slip of the pen in a name is refused rather than read without it', () => {
    const { problems } = read({
      carrier: {},
      carriers: { second: { type: 'sandbox', messagePerSecond: 1 } },
      routes: [{ steps: [{ ...steps[0], waitForReceiptSecond: 30 }] }],
    });
    expect(problems).toEqual({
      carrier: 'is unknown',
      'carriers.second.messagePerSecond': 'is unknown',
      'routes.0.steps.0.waitForReceiptSecond': 'is unknown',
    });
  });
});
