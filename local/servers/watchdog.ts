// Makes sure that child processes do not outlive this one, even when it is killed with SIGKILL.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let watchdog: ChildProcess | undefined;

/** From now on the process is stopped when this one is gone. */
export function watchOver(pid: number): void {
  tell(`add ${pid}`);
}

/** The process has ended: its id may be given to another one, which must be left alone. */
export function forget(pid: number): void {
  tell(`drop ${pid}`);
}

function tell(line: string): void {
  watchdog ??= start();
  watchdog.stdin?.write(`${line}\n`);
}

function start(): ChildProcess {
  const script = fileURLToPath(new URL('./watchdog.sh', import.meta.url));
  // In a group of its own, so that Ctrl-C in the terminal does not end it first.
  const child = spawn('sh', [script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  (child.stdin as unknown as { unref?: () => void }).unref?.();
  return child;
}
