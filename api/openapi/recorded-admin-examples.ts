// Real answers, recorded by `npm run examples:record`; never edited by hand.
import type { OperationExamples } from './examples.ts';

export const recordedAdminExamples: Readonly<Record<string, OperationExamples>> = {};
