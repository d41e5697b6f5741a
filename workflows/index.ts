// The workflows a worker runs; nothing else is exported here.
export { callbackWorkflow } from './callback.ts';
export { ledgerAuditWorkflow } from './ledger-audit.ts';
export { orphanWorkflow } from './orphan.ts';
export { retentionWorkflow } from './retention.ts';
export { testMessageWorkflow } from './test-message.ts';
export { verificationWorkflow } from './verification.ts';
