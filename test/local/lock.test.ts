// The lock file: held by whoever lives, taken over from whoever is gone, free once released.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tryLock, waitForLock } from '../../local/lock.ts';
import { processIdentity } from '../../local/process-identity.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twostep-lock-'));
  path = join(folder, 'deeper', 'running.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const heldBy = (pid: number, identity: string | undefined) => {
  const { release } = take();
  release();
  writeFileSync(path, JSON.stringify({ pid, identity }));
};
function take() {
  const attempt = tryLock(path);
  if (!attempt.held) throw new Error('The lock is not free');
  return attempt;
}

describe('a lock', () => {
  test('names its holder, whose id the next one is told', () => {
    take();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      pid: process.pid,
      identity: processIdentity(process.pid),
    });
    expect(tryLock(path)).toEqual({ held: false, pid: process.pid });
  });

  test('held by another living process stays with it', () => {
    heldBy(process.ppid, processIdentity(process.ppid));
    expect(tryLock(path)).toEqual({ held: false, pid: process.ppid });
    expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.ppid);
  });

  test('of a process that is gone is taken over, however it ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    heldBy(pid, processIdentity(pid));
    expect(tryLock(path).held).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(tryLock(path).held).toBe(true);
  });

  test('of a process whose id now belongs to another is taken over', () => {
    heldBy(process.ppid, 'an earlier run');
    expect(tryLock(path).held).toBe(true);
  });

  test.each(['', '{"pid": 1', 'null'])('that holds %j, as after a full disk, is taken over', (content) => {
    take().release();
    writeFileSync(path, content);
    expect(tryLock(path).held).toBe(true);
  });

  test('once released is free, and nothing of an attempt is left behind', () => {
    const { release } = take();
    expect(tryLock(path).held).toBe(false);
    expect(readdirSync(join(folder, 'deeper'))).toEqual(['running.lock']);
    release();
    expect(existsSync(path)).toBe(false);
    expect(tryLock(path).held).toBe(true);
  });

  test('is waited for, and the wait is told once with the holder', async () => {
    const { release } = take();
    vi.useFakeTimers();
    try {
      const onWait = vi.fn();
      const waiting = waitForLock(path, onWait);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(onWait.mock.calls).toEqual([[process.pid]]);
      release();
      await vi.advanceTimersByTimeAsync(1_000);
      (await waiting)();
    } finally {
      vi.useRealTimers();
    }
    expect(existsSync(path)).toBe(false);
  });
});

test('a living process keeps its identity, one that ended has none', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  expect(processIdentity(pid)).toBeUndefined();
  expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
  expect(processIdentity(process.pid)).toBeTypeOf('string');
});
