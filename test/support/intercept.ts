// Puts something around one method of an object, such as a collection, and leaves the rest as it is.

export type Run = () => Promise<unknown>;

/** The same object, `method` run inside `around`. */
export function intercept<T extends object>(
  target: T,
  method: keyof T & string,
  around: (args: readonly unknown[], run: Run) => Promise<unknown>,
): T {
  const inner = target[method] as (...args: unknown[]) => Promise<unknown>;
  return Object.assign(Object.create(target), {
    [method]: (...args: unknown[]) => around(args, () => inner.apply(target, args)),
  });
}
