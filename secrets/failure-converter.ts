// Messages and stacks of failures are encoded like any payload; loaded by path into client, worker and workflow bundle.
import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
