// Any test that prints fails: printing is how secrets get into logs.
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';

const methods = ['log', 'warn', 'error', 'info', 'debug'] as const;
let printed: string[] = [];

// For the whole file: tests that run at the same time would take each other's away.
beforeAll(() => {
  for (const method of methods) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      printed.push(`console.${method}: ${args.map(String).join(' ').slice(0, 200)}`);
    });
  }
});

afterEach(expectNothing);

afterAll(() => {
  vi.restoreAllMocks();
  expectNothing();
});

function expectNothing() {
  const lines = printed;
  printed = [];
  expect(lines, 'a test printed something').toEqual([]);
}
