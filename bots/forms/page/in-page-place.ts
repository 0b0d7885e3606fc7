/**
 * More of what runs inside the target's pages: where a field stands among the others, and what could be said of it.
 * Sent to each frame together with in-page.ts, whose functions are in the same scope there; hence declared, not imported.
 */
import type { Query, Want } from './in-page.ts';

declare const SELECTORS: { controls: string; buttons: string; links: string; ticks: string };
declare function normal(text: string | null | undefined): string;
declare function visible(element: Element): boolean;
declare function labelsOf(element: Element): string[];
declare function buttonText(element: Element): string;
declare function columnOf(element: Element): { heading: string; row: number } | undefined;
declare function candidates(want: Want): Element[];
declare function leadingTo(query: Query): Map<Element, number[]>;

/** How a field stood on the page: what it is, and by what its neighbours are known. */
export type Place = { what: string; before: string[]; after: string[] };

/** Everything by which a form file could recognise an element. */
export type Description = {
  label?: string | undefined;
  name?: string | undefined;
  button?: string | undefined;
  link?: string | undefined;
  column?: string | undefined;
};

/** Fields and buttons of this frame in the order in which a person meets them. */
export function standing(): Element[] {
  return [...document.querySelectorAll(`${SELECTORS.controls}, ${SELECTORS.buttons}`)].filter(visible);
}

/** By what a neighbour is recognised: its name or what it is called. Buttons often share one name. */
export function knownBy(element: Element | undefined): string[] {
  if (!element) return ['the end'];
  if (element.matches(SELECTORS.buttons)) return [`text ${buttonText(element)}`];
  const name = element.getAttribute('name') ?? element.id;
  const column = columnOf(element);
  return [
    ...(name === '' ? [] : [`name ${name}`]),
    ...labelsOf(element).map((label) => `label ${label}`),
    ...(column ? [`column ${column.heading} ${column.row}`] : []),
  ];
}

export function placeOf(element: Element): Place {
  const all = standing();
  const isBefore = (other: Element): boolean =>
    (element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 && !other.contains(element);
  const isAfter = (other: Element): boolean =>
    (element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const what = [element.tagName, element.getAttribute('type') ?? '', element.getAttribute('maxlength') ?? ''];
  return { what: what.join(' '), before: knownBy(all.findLast(isBefore)), after: knownBy(all.find(isAfter)) };
}

/** Candidates that stand where the field stood: the same kind of field between the same neighbours. */
export function atPlace(all: Element[], text: string): Element[] {
  const place = JSON.parse(text) as Place;
  const shares = (a: string[], b: string[]): boolean => a.some((one) => b.includes(one));
  return all.filter((element) => {
    const now = placeOf(element);
    return now.what === place.what && shares(now.before, place.before) && shares(now.after, place.after);
  });
}

/** The first candidate after (or before) another field, which must itself be the only one that all its ways lead to. */
export function relativeTo(all: Element[], side: string, text: string): Element[] {
  const query = JSON.parse(text) as Query;
  const ways = [...leadingTo(query)].filter(([, list]) => list.length === query.ways.length);
  const [anchor] = ways.length === 1 ? (ways[0] ?? []) : [];
  if (!anchor) return [];
  const follows = (e: Element): boolean =>
    (anchor.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && !anchor.contains(e);
  const precedes = (e: Element): boolean =>
    (anchor.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 && !e.contains(anchor);
  const next = side === 'after' ? all.find(follows) : all.findLast(precedes);
  return next ? [next] : [];
}

/** Place and description of an element. */
export function describe(element: Element): { place: string; says: Description } {
  const isButton = element.matches(SELECTORS.buttons);
  const isLink = !isButton && element.matches(SELECTORS.links);
  const says: Description = {
    label: isButton || isLink ? undefined : labelsOf(element)[0],
    name: element.getAttribute('name') || element.id || undefined,
    button: isButton ? buttonText(element) || undefined : undefined,
    link: isLink ? buttonText(element) || undefined : undefined,
    column: columnOf(element)?.heading,
  };
  return { place: JSON.stringify(placeOf(element)), says };
}

/** What this page requires and nobody has filled: the browser itself will not send it, and never says so. */
export function emptyRequired(element: Element): string[] {
  const form = element.closest('form');
  const button = element instanceof HTMLInputElement || element instanceof HTMLButtonElement ? element : undefined;
  const sends = button?.type === 'submit' || button?.type === 'image';
  if (!form || form.noValidate || !button || !sends || button.formNoValidate) return [];
  return [...form.querySelectorAll(':invalid')]
    .filter((control) => control !== form && control.matches(SELECTORS.controls))
    .map((control) => labelsOf(control)[0] ?? control.getAttribute('name') ?? control.tagName.toLowerCase());
}
