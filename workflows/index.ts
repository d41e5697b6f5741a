// The workflows a worker runs; nothing else is exported here.
export { verificationWorkflow } from './verification.ts';
