// Starts one Temporal and one MongoDB server for all system tests, on ports and folders of their own, and stops them.
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { anyFreePort } from '../../local/ports.ts';
import { startMongo } from '../../local/servers/mongodb.ts';
import { startTemporal } from '../../local/servers/temporal.ts';
import { translate } from './program.ts';

export interface TestServers {
  readonly temporalAddress: string;
  readonly mongodbUrl: string;
  /** The workflow bundle, made once, so that worker processes start in a moment. */
  readonly workflowBundle: string;
  /** Where the translated service is; without it, files are run as they are. */
  readonly program?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    servers: TestServers;
  }
}

/** A history is deleted only once queues have noted that its workflow closed; by default every 30 s. */
const deletesSoon = {
  'history.transferProcessorUpdateAckInterval': '"1s"',
  'history.visibilityProcessorUpdateAckInterval': '"1s"',
};

export default async function setup(project: TestProject) {
  const [{ servers, stop }, program] = await Promise.all([startServers(), translate()]);
  project.provide('servers', { ...servers, program: program.folder });
  return async () => {
    await stop();
    program.remove();
  };
}

/** Both servers and the workflow bundle; `stop` ends them and removes what they wrote. */
export async function startServers(): Promise<{ servers: TestServers; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'twostep-test-'));
  const [temporalPort, mongodbPort] = [await anyFreePort(), await anyFreePort()];
  const [temporal, mongodb, workflowBundle] = await Promise.all([
    startTemporal({ port: temporalPort, logFile: join(folder, 'temporal.log'), dynamicConfig: deletesSoon }),
    startMongo({ port: mongodbPort, dataDir: join(folder, 'mongodb'), logFile: join(folder, 'mongodb.log') }),
    bundle(join(folder, 'workflows.js')),
  ]);
  return {
    servers: { temporalAddress: temporal.address, mongodbUrl: mongodb.url, workflowBundle },
    async stop() {
      await Promise.all([temporal.stop(), mongodb.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function bundle(file: string): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: new URL('../../workflows/index.ts', import.meta.url).pathname,
    failureConverterPath: new URL('../../secrets/failure-converter.ts', import.meta.url).pathname,
    logger: new DefaultLogger('ERROR'),
  });
  await writeFile(file, code);
  return file;
}
