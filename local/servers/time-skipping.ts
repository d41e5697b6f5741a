// Obtains Temporal's time-skipping test server, for tests of expiry and schedules.
import { writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './cache.ts';
import { obtainJars } from './java.ts';
import { downloadTemporalBuild } from './official-download.ts';
import { type Report, reportToTerminal } from './report.ts';

const NAME = 'temporal-test-server';
const VERSION = '1.31.0';

/**
 * The path of a program that runs the server on the port it is given, for
 * `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`.
 */
export async function timeSkippingServerExecutable(report: Report = reportToTerminal): Promise<string> {
  const folder = await cached(`${NAME}-${VERSION}`, report, async (unfinished) => {
    const refused = await downloadTemporalBuild(NAME, unfinished, NAME, report);
    if (refused === undefined) return;
    const jars = await obtainJars(report);
    const path = join(unfinished, NAME);
    // The jars stand beside it in the cache; `exec` lets the SDK's signal reach Java itself.
    writeFileSync(
      path,
      `#!/bin/sh\nexec java -XX:TieredStopAtLevel=1 -Dslf4j.internal.verbosity=ERROR -cp '${jars}' io.temporal.testserver.TestServer "$@"\n`,
    );
    await chmod(path, 0o755);
  });
  return join(folder, NAME);
}
