// A server or process of ours that a test kills again and again: brought back the same, at the same place.

export interface Restartable {
  readonly name: string;
  /** Ends it as a crash would and brings it back. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

interface Running {
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/** Starts it by `launch`, and again by `launch` after each crash. */
export async function restartable(name: string, launch: () => Promise<Running>): Promise<Restartable> {
  let running = await launch();
  return {
    name,
    async crash() {
      if (running.pid === undefined) throw new Error(`${name} was not started here, so it cannot be killed`);
      process.kill(running.pid, 'SIGKILL');
      // Waits for the end; what is dead already is left alone.
      await running.stop();
      running = await launch();
    },
    stop: () => running.stop(),
  };
}
