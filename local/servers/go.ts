// Finds a Go that can build Temporal's server, letting an older one fetch the version it needs.
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './report.ts';
import { requireOnPath, runCommand } from './run-command.ts';

// What the server's go.mod asks for.
const NEEDED = '1.25.0';
// From here on Go fetches the version a module asks for by itself.
const FETCHES_ITSELF_FROM_MINOR = 21;
const INSTALL_GO =
  'install Go to build the Temporal server, or the Temporal CLI itself, or set TEMPORAL_ADDRESS to a running server';

export interface GoCommand {
  command: string;
  env: NodeJS.ProcessEnv;
}

/** The Go to build with; throws with what to install when there is none. */
export async function goCommand(report: Report): Promise<GoCommand> {
  const go = requireOnPath('go', INSTALL_GO);
  const asked = { what: 'asking Go for its version', command: go, args: ['env', 'GOVERSION', 'GOOS', 'GOARCH'] };
  const [version = '', os = '', arch = ''] = (await runCommand(asked, report)).trim().split('\n');
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1] ?? 0);
  if (minor >= FETCHES_ITSELF_FROM_MINOR) return { command: go, env: { GOTOOLCHAIN: 'auto' } };
  const root = await fetchToolchain(go, `${os}-${arch}`, report);
  return { command: join(root, 'bin', 'go'), env: { GOROOT: root } };
}

async function fetchToolchain(go: string, platform: string, report: Report): Promise<string> {
  const module = `golang.org/toolchain@v0.0.1-go${NEEDED}.${platform}`;
  const fetch = { what: `fetching Go ${NEEDED}`, command: go, args: ['mod', 'download', '-json', module] };
  report(fetch.what);
  const answer = await runCommand(fetch, report);
  const { Dir } = JSON.parse(answer.slice(answer.indexOf('{'))) as { Dir: string };
  // An old Go stores modules without execute permission, since it does not know that this one holds programs.
  makeExecutable(join(Dir, 'bin'));
  makeExecutable(join(Dir, 'pkg', 'tool'));
  return Dir;
}

function makeExecutable(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
}
