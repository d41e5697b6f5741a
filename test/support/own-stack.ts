// A stack of one test's own, its app in this process and an application on it: for tests that run at the same time.
import { startApp } from './app.ts';
import { createStack, type Stack, type TestApplication } from './stack.ts';

export interface OwnStack {
  readonly stack: Stack;
  /** Has one unit of money; asks the app. */
  readonly app: TestApplication;
  stop(): Promise<void>;
}

/** Without a worker: the caller starts what its story needs. */
export async function createOwnStack(): Promise<OwnStack> {
  const stack = await createStack();
  const [app, application] = await Promise.all([startApp(stack), stack.addApplication({ balance: 1 })]);
  return {
    stack,
    app: { ...application, api: app.client(application) },
    async stop() {
      await app.close();
      await stack.stop();
    },
  };
}
