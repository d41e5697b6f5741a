// Bundles the workflow code into one file, for WORKFLOW_BUNDLE: node --import tsx worker/bundle.ts <file>
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('Name the file to write, such as dist/workflow-bundle.js');

// Works from source and once built, from the files beside it.
const beside = (path: string) => fileURLToPath(new URL(`${path}${import.meta.url.slice(-3)}`, import.meta.url));
const { code } = await bundleWorkflowCode({
  workflowsPath: beside('../workflows/index'),
  // The same as the data converter's: failures are encoded inside the workflow, too.
  failureConverterPath: beside('../secrets/failure-converter'),
  logger: new DefaultLogger('WARN'),
});
await mkdir(dirname(target), { recursive: true });
await writeFile(target, code);
