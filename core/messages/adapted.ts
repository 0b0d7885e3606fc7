/** Some texts of a list, at any depth. */
export type Adaptation<T> = {
  [K in keyof T]?: T[K] extends string | ((...args: never[]) => string) ? T[K] : Adaptation<T[K]>;
};

/** A list of texts in which some read otherwise: whatever is not named stays. */
export function adapted<T extends object>(texts: T, changes: Adaptation<T>): T {
  const entries = Object.entries(texts).map(([name, text]: [string, unknown]) => {
    const change: unknown = changes[name as keyof T];
    if (change === undefined) return [name, text];
    const nested = typeof text === 'object' && text !== null && typeof change === 'object' && change !== null;
    return [name, nested ? adapted(text, change) : change];
  });
  return Object.fromEntries(entries) as T;
}
