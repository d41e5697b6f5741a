// Shows how obtaining and starting servers goes on.

/** Takes one line of progress, without time or prefix. */
export type Report = (line: string) => void;

/** Prints to the terminal. */
export const reportToTerminal: Report = (line) => console.log(`  ${line}`);
