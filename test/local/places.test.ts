// DATA_DIR/local.json: where everything is, for its owner alone, with the one copy of the demo secret.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  describePlaces,
  knownCredentials,
  type Places,
  publishPlaces,
  withdrawPlaces,
  writePlaces,
} from '../../local/supervisor/places.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twostep-places-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, 'local.json');
/** A start from its beginning to its end. */
const started = (given: Places): Places => {
  withdrawPlaces(folder);
  const written = writePlaces(folder, given);
  publishPlaces(folder);
  return written;
};
const knownDemo = (dataDir: string) => knownCredentials(dataDir).demo;
const knowsToken = (dataDir: string) => knownCredentials(dataDir).token;
const places = (demo: Partial<Places['demo']> = {}, token?: string): Places => ({
  api: 'http://localhost:3000',
  admin: { url: 'http://127.0.0.1:3001', ...(token && { token }) },
  temporalUi: undefined,
  temporalAddress: '127.0.0.1:7233',
  mongodbUrl: 'mongodb://127.0.0.1:27017',
  demo: { accountId: 'demo', applicationId: 'application', ...demo },
});

describe('local.json', () => {
  test('holds the places and the secret, is readable by its owner alone, and leaves nothing beside it', () => {
    const written = started(places({ applicationSecret: 'secret' }));
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(JSON.parse(JSON.stringify(written)));
    expect(written.demo.applicationSecret).toBe('secret');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['local.json']);
  });

  test('is not there while a start is under way, whose secrets stand beside it for their owner alone', () => {
    started(places({ applicationSecret: 'first' }));
    withdrawPlaces(folder);
    expect(existsSync(file())).toBe(false);
    writePlaces(folder, places({}, 'token'));
    expect(readdirSync(folder)).toEqual(['starting.json']);
    expect(statSync(join(folder, 'starting.json')).mode & 0o777).toBe(0o600);
    expect([knownDemo(folder), knowsToken(folder)]).toEqual(['application:first', true]);
    publishPlaces(folder);
    expect(readdirSync(folder)).toEqual(['local.json']);
  });

  test.each(['before it wrote', 'after it wrote'])(
    'has all secrets again after a start that was interrupted %s',
    (when) => {
      started(places({ applicationSecret: 'first' }, 'token'));
      withdrawPlaces(folder);
      if (when === 'after it wrote') writePlaces(folder, places());
      const { demo, admin } = started(places());
      expect([demo.applicationSecret, admin.token]).toEqual(['first', 'token']);
    },
  );

  test('is for its owner alone again after somebody opened it to all', () => {
    writeFileSync(file(), '{}', { mode: 0o644 });
    started(places({ applicationSecret: 'secret' }));
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test('keeps the secret of an earlier start, from start to start, until there is a newer one', () => {
    started(places({ applicationSecret: 'first' }));
    expect(started(places()).demo.applicationSecret).toBe('first');
    expect(started(places()).demo.applicationSecret).toBe('first');
    expect(started(places({ applicationSecret: 'second' })).demo.applicationSecret).toBe('second');
    expect(started(places()).demo.applicationSecret).toBe('second');
  });

  test("keeps the operator's token from start to start, until there is a newer one", () => {
    expect(knowsToken(folder)).toBe(false);
    started(places({}, 'first'));
    expect(started(places()).admin).toEqual({ url: 'http://127.0.0.1:3001', token: 'first' });
    expect(knowsToken(folder)).toBe(true);
    expect(started(places({}, 'second')).admin.token).toBe('second');
  });

  test('does not give one application the secret of another', () => {
    started(places({ applicationSecret: 'first' }));
    expect(started(places({ applicationId: 'other' })).demo.applicationSecret).toBeUndefined();
  });
});

describe('the secret', () => {
  test('is known once it is written', () => {
    expect(knownDemo(folder)).toBeUndefined();
    started(places());
    expect(knownDemo(folder)).toBeUndefined();
    started(places({ applicationSecret: 'secret' }));
    expect(knownDemo(folder)).toBe('application:secret');
  });

  test.each(['', '{', 'null', '{}', '{"demo": null}'])('is not known where the file holds %j', (content) => {
    writeFileSync(file(), content);
    expect(knownDemo(folder)).toBeUndefined();
    expect(started(places()).demo.applicationSecret).toBeUndefined();
  });

  test('is shown when it is new and pointed to when it is not', () => {
    const known = places({ applicationSecret: 'the-secret' });
    const demo = known.demo;
    expect(describePlaces(folder, known, { created: true, demo })).toContain("curl -u 'application:the-secret'");
    expect(describePlaces(folder, known, { created: false, demo })).not.toContain('the-secret');
    expect(describePlaces(folder, known, { created: false, demo })).toContain(`in ${file()}`);
  });

  test("and the operator's token likewise", () => {
    const known = places({}, 'the-token');
    const { demo } = known;
    expect(describePlaces(folder, known, { created: false, demo, operatorToken: 'the-token' })).toContain('the-token');
    expect(describePlaces(folder, known, { created: false, demo })).not.toContain('the-token');
    expect(describePlaces(folder, known, { created: false, demo })).toContain('http://127.0.0.1:3001/admin');
  });

  test('and where both APIs show their documentation', () => {
    const known = places();
    const lines = describePlaces(folder, known, { created: false, demo: known.demo }).split('\n');
    expect(lines.some((line) => line.endsWith(' http://localhost:3000/docs'))).toBe(true);
    expect(lines.some((line) => line.endsWith(' http://127.0.0.1:3001/admin/docs'))).toBe(true);
  });
});
