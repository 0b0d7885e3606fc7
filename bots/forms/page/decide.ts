/** One way of the form file to an element, its values filled in. */
export type Way = { kind: string; text: string };

/**
 * An element found, with the kinds of the ways that lead to it. Kind `place` is no way of the form file: there the bot
 * saw the field when all ways held.
 */
type Candidate = { kinds: ReadonlySet<string> };

export type Decision<T> =
  { state: 'found'; elements: T[]; lost: string[] } | { state: 'absent' } | { state: 'unclear'; why: string };

/** Independent signals that must agree on an element where not all ways of the form file lead to it. */
const AGREEING_SIGNALS = 2;
const SOURCE_KINDS: ReadonlySet<string> = new Set(['css', 'xpath']);
/** What stands before the value of an attribute in a selector or an expression. */
const SIGNS_OF_A_VALUE = ['=', '="', "='", '#', ', "', ", '"];

/**
 * The signal that each kind of way rests on. Ways that rest on the same words of the page stand and fall together: a
 * selector `input[name=F_031]` tells nothing that the name F_031 has not told.
 */
export function signalsOf(ways: readonly Way[]): Map<string, string> {
  const signals = new Map<string, string>([['place', 'place']]);
  for (const { kind, text } of ways) {
    const earlier = ways.find((way) => way.kind !== kind && signals.has(way.kind) && restsOnSame(way, { kind, text }));
    if (!signals.has(kind)) signals.set(kind, (earlier && signals.get(earlier.kind)) ?? kind);
  }
  return signals;
}

function restsOnSame(a: Way, b: Way): boolean {
  if (a.text === b.text) return true;
  const [source, other] = SOURCE_KINDS.has(a.kind) ? [a, b] : [b, a];
  if (!SOURCE_KINDS.has(source.kind)) return false;
  return SIGNS_OF_A_VALUE.some((sign) => source.text.includes(sign + other.text));
}

/**
 * The element that is meant, if it is sure. All ways lead to one element: that one. Some ways lead nowhere any more:
 * then two independent signals must each lead to this element and to no other, and none may lead elsewhere. An element
 * is never chosen by a majority: a page where name and label part has changed its meaning.
 */
export function decide<T extends Candidate>(found: readonly T[], ways: readonly Way[]): Decision<T> {
  const signals = signalsOf(ways);
  const given = [...new Set(ways.map(({ kind }) => kind))];
  if (!found.some(({ kinds }) => given.some((kind) => kinds.has(kind)))) return { state: 'absent' };
  const whole = found.filter(({ kinds }) => given.every((kind) => kinds.has(kind)));
  if (whole.length > 1) {
    return { state: 'unclear', why: `${whole.length} elements match equally well (by ${given.join(', ')})` };
  }
  const [only] = whole;
  if (!only) return heal(found, given, signals);
  const elsewhere = placeElsewhere(found, only);
  const alone = new Set(given.map((kind) => signals.get(kind))).size < AGREEING_SIGNALS;
  return alone && elsewhere
    ? { state: 'unclear', why: `${given.join(', ')} leads to another place than it used to` }
    : { state: 'found', elements: [only], lost: [] };
}

function heal<T extends Candidate>(
  found: readonly T[],
  given: readonly string[],
  signals: ReadonlyMap<string, string>,
): Decision<T> {
  const leadsTo = (kind: string): readonly T[] => found.filter(({ kinds }) => kinds.has(kind));
  const sure = [...given, 'place'].filter((kind) => leadsTo(kind).length === 1);
  const agreed = found.filter(
    ({ kinds }) =>
      new Set(sure.filter((kind) => kinds.has(kind)).map((kind) => signals.get(kind))).size >= AGREEING_SIGNALS,
  );
  const [winner] = agreed;
  const leading = given.filter((kind) => leadsTo(kind).length > 0);
  if (agreed.length > 1) {
    return { state: 'unclear', why: `${leading.join(', ')} lead to ${agreed.length} different elements` };
  }
  if (!winner) return { state: 'unclear', why: whyUnsure(leading, sure) };
  const astray = leading.filter((kind) => !winner.kinds.has(kind));
  if (astray.length > 0) return { state: 'unclear', why: `${astray.join(', ')} leads to another element` };
  return { state: 'found', elements: [winner], lost: given.filter((kind) => !winner.kinds.has(kind)) };
}

function whyUnsure(leading: readonly string[], sure: readonly string[]): string {
  const vague = leading.filter((kind) => !sure.includes(kind));
  const several = vague.length > 0 ? ` (${vague.join(', ')} leads to several)` : '';
  return `only ${leading.join(', ')} still leads to it${several}; two independent ways must agree`;
}

function placeElsewhere<T extends Candidate>(found: readonly T[], only: T): boolean {
  const there = found.filter(({ kinds }) => kinds.has('place'));
  return there.length === 1 && there[0] !== only;
}
