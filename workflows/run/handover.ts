/**
 * What a run hands to its continuation. Frames hold the same data many times over (the input of a task is the input of
 * the loop in it, a part of it the list that the loop walks); in memory these are one object, in JSON they would be
 * copies, and Temporal takes 2 MB. So every object that occurs more than once is written once, and referred to.
 */
export type Handover = { shared: unknown[]; state: unknown };

/** Key of a reference to a shared object. A name that no definition and no JSON of the trade has. */
const REFERENCE = '\u0000shared';

/** Packs a tree of plain data. What changes later (frames) occurs once, so that sharing is only of what does not. */
export function pack(state: unknown): Handover {
  const counts = new Map<object, number>();
  count(state, counts);
  const places = new Map<object, number>();
  const shared: unknown[] = [];
  const write = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if ((counts.get(value) ?? 0) < 2 || isEmpty(value)) return copy(value, write);
    let place = places.get(value);
    if (place === undefined) {
      place = shared.length;
      places.set(value, place);
      shared.push(null);
      shared[place] = copy(value, write);
    }
    return { [REFERENCE]: place };
  };
  const packed = write(state);
  return { shared, state: packed };
}

/** The tree again, with objects shared as they were. */
export function unpack({ shared, state }: Handover): unknown {
  const done = new Map<number, unknown>();
  const read = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const place: unknown = Reflect.get(value, REFERENCE);
    if (typeof place !== 'number') return copy(value, read);
    if (!done.has(place)) done.set(place, copy(shared[place] ?? {}, read));
    return done.get(place);
  };
  return read(state);
}

function count(value: unknown, counts: Map<object, number>): void {
  if (typeof value !== 'object' || value === null) return;
  const before = counts.get(value) ?? 0;
  counts.set(value, before + 1);
  if (before === 0) for (const item of Object.values(value)) count(item, counts);
}

function copy(value: object, each: (item: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(each);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item)]));
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
