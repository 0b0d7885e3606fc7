/**
 * More of what runs inside the target's pages: what a person takes for the label of a field, and what for a button. Sent
 * to each frame together with in-page.ts; hence declared, not imported.
 */
import type { SELECTORS as Selectors } from './in-page.ts';

declare const SELECTORS: typeof Selectors;
declare function normal(text: string | null | undefined): string;
declare function visible(element: Element): boolean;
declare function seenText(element: Element | null | undefined): string;
declare function deepAll(selector: string): Element[];
declare function besideById(element: Element, id: string): Element | null;
declare function buttonText(element: Element): string;
declare function isField(element: Element): boolean;
declare function holdsField(element: Element): boolean;

/** Text between the field and the control before (or after) it, within the same parent. */
export function besideText(element: Element, side: 'previousSibling' | 'nextSibling'): string {
  let text = '';
  for (let node = element[side]; node; node = node[side]) {
    // What toolkits keep for themselves beside the field that they draw.
    if (node instanceof Element && node.matches(SELECTORS.controls) && !isField(node)) continue;
    if (node instanceof Element && holdsField(node)) break;
    if (node instanceof Element && node.matches('script, style')) continue;
    const piece = node instanceof Element ? seenText(node) : (node.textContent ?? '');
    text = side === 'previousSibling' ? piece + text : text + piece;
    if (normal(text) !== '' && node instanceof HTMLBRElement) break;
  }
  return normal(text);
}

/** So many boxes around a field are left to look for its label: toolkits wrap a field several times. */
const LABEL_LEVELS = 5;
export const LABEL_BOUNDS = { labelLevels: LABEL_LEVELS };

declare const LABELS: typeof LABEL_BOUNDS;

/** Nearest text without a field, to the left (or right) of the field or of a box that holds nothing but it. */
export function cellText(element: Element, side: 'previousElementSibling' | 'nextElementSibling'): string {
  let cell = element.closest('td, th, dd, div, p, li');
  for (let level = 0; cell && cell !== document.body && level < LABELS.labelLevels; level += 1) {
    for (let other = cell[side]; other; other = other[side]) {
      if (holdsField(other)) return '';
      const text = seenText(other);
      if (text !== '') return text;
    }
    // What stands behind a box is the label of another one.
    const climbs = side === 'previousElementSibling' && !cell.matches('td, th');
    const around: Element | null = climbs ? cell.parentElement : null;
    if (!around || [...around.querySelectorAll(SELECTORS.controls)].filter(isField).length > 1) return '';
    cell = around;
  }
  return '';
}

/** Text before the field, or before what is drawn around it in the same line. */
export function beforeText(element: Element): string {
  for (
    let box: Element | null = element;
    box && !box.matches('td, th, div, p, li, form, body');
    box = box.parentElement
  ) {
    const text = besideText(box, 'previousSibling');
    if (text !== '') return text;
    const around: Element | null = box.parentElement;
    if (!around || [...around.querySelectorAll(SELECTORS.controls)].filter(isField).length > 1) return '';
  }
  return '';
}

/** Every text that a person could take for the field's label. */
export function labelsOf(element: Element): string[] {
  const control = element as HTMLInputElement;
  const texts = [...(control.labels ?? [])].map((label) => seenText(label));
  texts.push(normal(element.getAttribute('aria-label')), normal(element.getAttribute('placeholder')));
  for (const id of (element.getAttribute('aria-labelledby') ?? '').split(' ')) {
    if (id !== '') texts.push(seenText(besideById(element, id)));
  }
  if (element.matches(SELECTORS.ticks)) {
    texts.push(besideText(element, 'nextSibling') || cellText(element, 'nextElementSibling'));
  }
  const before = element.matches(`td, th, dd, b, strong, p, li, a`) ? '' : beforeText(element);
  texts.push(before || cellText(element, 'previousElementSibling') || outerLabel(element));
  const host = (element.getRootNode() as Partial<ShadowRoot>).host;
  // A field within a component is called what the component is called.
  if (host && texts.every((text) => text === '')) return labelsOf(host);
  return texts.filter((text) => text !== '');
}

/** A table inside a cell: the label stands before the cell that holds the whole table. */
export function outerLabel(element: Element): string {
  const table = element.closest('table');
  if (!table || table.querySelectorAll(SELECTORS.controls).length > 1) return '';
  return cellText(table, 'previousElementSibling');
}

/** What a person would click by that text, though it is no button: what has a role first, else what looks clickable. */
export function clickableBy(all: Element[], wanted: string): Element[] {
  const named = (element: Element): boolean => buttonText(element) === wanted;
  const others = all.filter((element) => element.matches(SELECTORS.pressed) && named(element));
  return innermost(others.length > 0 ? others : deepAll('*').filter((e) => isPointed(e) && named(e)));
}

export function innermost(all: Element[]): Element[] {
  return all.filter((element) => !all.some((other) => other !== element && element.contains(other)));
}

/** Something without a role that the page makes look as if it could be clicked. */
export function isPointed(element: Element): boolean {
  if (element.matches('input, select, textarea, label, script, style') || !visible(element)) return false;
  return element.matches('li, td') || getComputedStyle(element).cursor === 'pointer';
}
