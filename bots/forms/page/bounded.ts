/** Looking into a page takes milliseconds; one that is waiting for an answer does not answer us either, and never says so. */
const LOOK_LIMIT_MS = 3_000;

/** The result, or undefined when the page has moved on or does not answer in time. */
export async function bounded<T>(look: Promise<T>, limitMs = LOOK_LIMIT_MS): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  // The functions in the page do not throw: a look that fails means that its frame has gone.
  const answer = look.catch(() => undefined);
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
  }
}
