/** Names shown where none is near. */
const MOST_SHOWN = 8;
/** A name differing in more characters than this is another word, not a slip of the pen. */
const NEAR = 2;

/** A hint that names the known names nearest to a wrong one. */
export function suggest(wrong: string, known: readonly string[]): string {
  const near = known.filter((name) => distance(wrong, name) <= NEAR);
  if (near.length > 0) return `Did you mean ${near.slice(0, MOST_SHOWN).join(' or ')}?`;
  if (known.length === 0) return 'None is known here.';
  if (known.length > MOST_SHOWN) return 'Check the spelling, or define it before it is used.';
  return `Known here: ${known.join(', ')}.`;
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
