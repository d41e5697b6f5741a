// One line on the terminal for each thing a start has done, with the seconds since it began.

const began = Date.now();

/** Prints what is done or has happened. */
export function say(line: string): void {
  console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}
