// Who may ask for an operation of the public API, as middleware.
import type { Middleware } from 'koa';
import type { ApiDeps } from '../deps.ts';
import type { Operation } from '../operation.ts';
import { authenticate, toldAtStart } from './authenticate.ts';
import { callToken } from './call-token.ts';
import { credentials } from './credentials.ts';
import { receiptSecret } from './receipt-secret.ts';
import { repeatLater } from './repeat-later.ts';

/** Made once per kind, so that equal operations share theirs. */
export function publicGuards(deps: Pick<ApiDeps, 'database' | 'ring'>): (operation: Operation) => Middleware[] {
  const application = credentials(deps);
  const carrier = receiptSecret(deps);
  const call = callToken(deps);
  const caller = authenticate(deps);
  const callerTold = authenticate(deps, toldAtStart);
  return ({ id, security, errors }) => {
    switch (security) {
      case 'none':
        return [];
      case 'credentials':
        return [application];
      case 'token':
        // Whoever documents that the account may be gone tells so; to the others it is 401.
        return [errors.includes('accountNotFound') ? callerTold : caller];
      case 'receiptSecret':
        return [repeatLater, carrier];
      case 'callToken':
        return [repeatLater, call];
      case 'operator':
        throw new Error(`${id} is for operators, which the public API does not serve`);
    }
  };
}
