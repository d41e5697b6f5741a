// While a program starts, whatever keeps it from starting is told in a sentence on stderr, with exit code 1 and without a stack.

/** From now on, until what it returns is called: from then on a mistake is ours, and its stack is wanted. */
export function tellWhatPreventsStart(): () => void {
  const tell = (error: unknown) => {
    process.stderr.write(`${startSentence(error)}\n`);
    process.exit(1);
  };
  process.once('uncaughtException', tell);
  return () => void process.off('uncaughtException', tell);
}

/** Mistakes in the code itself: nobody can mend them by a setting. */
const ours = [TypeError, ReferenceError, RangeError, SyntaxError];

/** What to do about it; the stack only of what is no mistake of whoever starts it. */
export function startSentence(error: unknown): string {
  if (!(error instanceof Error)) return 'It could not start, and nothing says why';
  if (ours.some((kind) => error instanceof kind)) return error.stack ?? error.message;
  if (!error.name.startsWith('Mongo')) return error.message;
  // A connection string that cannot be read is quoted, with its password.
  const why = error.name === 'MongoParseError' ? '' : ` (${error.message})`;
  return `MongoDB cannot be used${why}: see that it runs, and that MONGODB_URL says where and as whom`;
}

/** For a connection to Temporal that did not come about. */
export function temporalUnreachable(address: string, { message }: Error): never {
  throw new Error(
    `Temporal cannot be reached at ${address} (${message}): see that it runs, or correct TEMPORAL_ADDRESS`,
  );
}

/** Where a server listens, and the variables that say so. */
export interface ListensOn {
  readonly port: number;
  readonly host: string;
  readonly portFrom: string;
  /** Absent where the host is not to be chosen. */
  readonly hostFrom?: string;
}

/** Why a server cannot listen, and what to set. */
export function cannotListen(error: Error, { port, host, portFrom, hostFrom }: ListensOn): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Error(`Port ${port} of ${host} is taken: stop what listens there, or set ${portFrom} to another one`);
  }
  if (code === 'EACCES') {
    return new Error(`Port ${port} may not be listened on by this user: set ${portFrom} to one above 1023`);
  }
  if (hostFrom !== undefined && (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')) {
    return new Error(`${host} is no address of this machine: correct ${hostFrom}`);
  }
  return error;
}
