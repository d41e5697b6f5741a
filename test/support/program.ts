// Our programs as the tests start them: translated once for the whole run, as they are for production, since each start would else
// take twice the processor time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Translates the service into a folder of its own; `remove` takes it away. @throws Error with what the compiler said */
export async function translate(): Promise<{ folder: string; remove(): void }> {
  const name = `test-${process.pid}`;
  const folder = join(root, 'dist', name);
  const compiler = join(root, 'node_modules/.bin/tsc');
  // Types are checked elsewhere.
  const args = ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', folder];
  const child = spawn(compiler, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The service could not be translated for the tests:\n${said}`);
  cpSync(join(root, 'api/docs'), join(folder, 'api/docs'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What Node is given to run a file of ours; those of the tests themselves are not translated. */
export function programArgs(file: string, translated: string | undefined): string[] {
  if (translated === undefined || file.startsWith('test/')) return ['--import', 'tsx', file];
  return [join(translated, file.replace(/\.ts$/, '.js'))];
}
