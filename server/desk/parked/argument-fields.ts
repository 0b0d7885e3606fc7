/** Data of a task are shown as fields up to here; what has more is changed as JSON. */
const MAX_LEAVES = 80;
/** Where a reading was found on the page: nobody types that. */
const PROVENANCE = new Set(['fields']);

export type Leaf = { path: string; value: string | number | boolean };
type Branch = Record<string, unknown> | unknown[];

/** Texts, numbers and yes-or-no values within `data`, by a path such as "invoice.lines.0.net". Files are left out. */
export function leavesOf(data: unknown): Leaf[] {
  const found: Leaf[] = [];
  const walk = (value: unknown, path: string[]): void => {
    if (found.length >= MAX_LEAVES) return;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      found.push({ path: path.join('.'), value });
    } else if (isBranch(value) && !isFile(value)) {
      for (const [key, inner] of Object.entries(value)) {
        // A dot parts the steps of a path.
        if (!PROVENANCE.has(key) && !key.includes('.')) walk(inner, [...path, key]);
      }
    }
  };
  walk(data, []);
  return found;
}

/**
 * The data with their leaves as typed. A number stays a number, a yes-or-no value is what its box says. `wrong`: paths
 * whose text is no number.
 */
export function withLeaves(
  data: unknown,
  typed: (path: string) => string | undefined,
): { data: unknown; wrong: string[] } {
  const changed: unknown = structuredClone(data);
  const wrong: string[] = [];
  for (const { path, value } of leavesOf(data)) {
    const text = typed(path);
    if (typeof value === 'boolean') put(changed, path, text === 'yes');
    else if (typeof value === 'number') {
      const number = Number(text?.trim().replace(',', '.'));
      if (text === undefined || text.trim() === '' || !Number.isFinite(number)) wrong.push(path);
      else put(changed, path, number);
    } else if (text !== undefined) put(changed, path, text);
  }
  return { data: changed, wrong };
}

function put(data: unknown, path: string, value: unknown): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const branch = steps.reduce<unknown>((part, step) => (part as Record<string, unknown>)[step], data);
  (branch as Record<string, unknown>)[last] = value;
}

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null;
}

/** An artefact is named by its content: another text there would name another file. */
function isFile(value: Branch): boolean {
  return 'id' in value && typeof value.id === 'string' && value.id.startsWith('sha256:');
}
