/**
 * SQLSTATE classes of what the data themselves are to blame for: 22 data exception (among them NUL in text, and halves
 * of surrogate pairs), 54 program limit exceeded (PostgreSQL, appendix A).
 */
const DATA_TO_BLAME = /^(22|54)[0-9A-Z]{3}$/;

/** True where the same data will fail again however often they are offered: waiting does not help. */
export function isPoison(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string' && DATA_TO_BLAME.test(current.code)) return true;
  }
  return false;
}
