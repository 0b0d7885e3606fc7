/** A name further away than this share of its letters is another name, not a typo. */
const CLOSE = 0.4;

/** The known name nearest to what was written, or undefined where none is near. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let distance = Math.max(1, Math.floor(written.length * CLOSE)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - written.length) >= distance) continue;
    const d = editDistance(written.toLowerCase(), name.toLowerCase());
    if (d < distance) [best, distance] = [name, d];
  }
  return best;
}

/** `did you mean "x"?`, else the known names, else undefined. */
export function suggestion(written: string, known: Iterable<string>): string | undefined {
  const names = [...new Set(known)].sort();
  const near = nearest(written, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  return names.length > 0 ? `known here: ${shortList(names)}` : undefined;
}

/** Longer lists are cut: a message is read by a person. */
const LISTED = 24;

export function shortList(names: readonly string[]): string {
  const more = names.length - LISTED;
  return more > 0 ? `${names.slice(0, LISTED).join(', ')} and ${more} more` : names.join(', ');
}

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours count one each. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [beforePrevious, previous] = [previous, row];
  }
  return previous[b.length] ?? 0;
}
