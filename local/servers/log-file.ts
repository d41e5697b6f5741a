// Reads the end of log files and keeps them from growing without bound.
import { closeSync, copyFileSync, fstatSync, openSync, readSync, statSync, truncateSync } from 'node:fs';

const TAIL_BYTES = 16_384;
const LONGEST_LINE = 400;

/** The last lines of a file, long ones shortened; empty when there is none. */
export function lastLines(path: string, count: number): string {
  const lines = readFrom(path, Math.max(0, fileSize(path) - TAIL_BYTES))
    .trimEnd()
    .split('\n')
    .slice(-count);
  return lines.map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}...` : line)).join('\n');
}

/** What was written to the file from that offset on, at most the first MB of it. */
export function readFrom(path: string, offset: number): string {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(Math.max(0, Math.min(fstatSync(file).size - offset, 1 << 20)));
      return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, offset)).toString();
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

/** The size in bytes; 0 when there is no such file. */
export function fileSize(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Moves the content aside to `<path>.1` once the file has grown past the bound; its writer appends on undisturbed. */
export function bound(path: string, maxBytes: number): void {
  if (fileSize(path) <= maxBytes) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
}
