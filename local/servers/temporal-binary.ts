// Finds or obtains the `temporal` program, whose dev server is our local Temporal.
import { join } from 'node:path';
import { cached } from './cache.ts';
import { goCommand } from './go.ts';
import { downloadTemporalBuild } from './official-download.ts';
import type { Report } from './report.ts';
import { findOnPath, runCommand } from './run-command.ts';

// Later tags carry a replace directive, which `go install` refuses.
const CLI_VERSION = 'v1.5.1';

/** The program's path: from the PATH, the cache, Temporal's download, or built with Go (some minutes, once). */
export async function obtainTemporalBinary(report: Report): Promise<string> {
  const onPath = findOnPath('temporal');
  if (onPath !== undefined) return onPath;
  const folder = await cached(`temporal-cli-${CLI_VERSION.slice(1)}`, report, async (unfinished) => {
    const refused = await downloadTemporalBuild('cli', unfinished, 'temporal', report);
    if (refused === undefined) return;
    report(`Temporal's download cannot be reached (${refused})`);
    await build(unfinished, report);
  });
  return join(folder, 'temporal');
}

async function build(folder: string, report: Report): Promise<void> {
  const go = await goCommand(report);
  report('building the Temporal server with Go: about four minutes on two cores, once per machine');
  const program = `github.com/temporalio/cli/cmd/temporal@${CLI_VERSION}`;
  const build = {
    what: 'building the Temporal server',
    command: go.command,
    args: ['install', '-ldflags=-s -w', program],
    env: { ...go.env, GOBIN: folder },
  };
  await runCommand(build, report);
}
