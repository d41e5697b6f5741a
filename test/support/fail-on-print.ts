// Any test that prints fails: printing is how secrets get into logs.
import { afterEach, beforeEach, expect, vi } from 'vitest';

const methods = ['log', 'warn', 'error', 'info', 'debug'] as const;
let printed: string[] = [];

beforeEach(() => {
  printed = [];
  for (const method of methods) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      printed.push(`console.${method}: ${args.map(String).join(' ').slice(0, 200)}`);
    });
  }
});

afterEach(() => {
  const lines = printed;
  vi.restoreAllMocks();
  expect(lines, 'a test printed something').toEqual([]);
});
