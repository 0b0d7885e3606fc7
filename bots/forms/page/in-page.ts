/**
 * What runs inside the target's pages. These functions are sent to each frame as source text, so they use nothing from
 * outside this file and no helper of Node. Legacy pages rarely have labels or ids: the text before, above or after a
 * field stands for its label, as it does for a person.
 */

/** Of in-page-place.ts, which is sent along. */
declare function atPlace(all: Element[], text: string): Element[];
declare function relativeTo(all: Element[], side: string, text: string): Element[];

/** What a step wants to do with the element, which narrows down what it may be. */
export type Want = 'fill' | 'choose' | 'tick' | 'press' | 'read' | 'any';
export type Query = { want: Want; row?: string; ways: { kind: string; text: string }[] };

export const SELECTORS = {
  controls: 'input:not([type=hidden]), select, textarea',
  buttons: 'input[type=submit], input[type=button], input[type=image], input[type=reset], button, [role=button]',
  links: 'a, [role=link], [role=menuitem], [onclick], area',
  ticks: 'input[type=checkbox], input[type=radio]',
  texts:
    'input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button], [type=image]), textarea',
  cells: 'td, th, dd, span, b, strong, p, div, li, a',
};

/** Text as people compare it: one blank, no colon, star or question mark at the end. */
export function normal(text: string | null | undefined): string {
  return (text ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s:*?]+$/, '');
}

export function visible(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
}

/** Elements of the kind that the step wants, in document order. */
export function candidates(want: Want): Element[] {
  const selectors: Record<Want, string> = {
    fill: SELECTORS.texts,
    choose: 'select',
    tick: SELECTORS.ticks,
    press: `${SELECTORS.buttons}, ${SELECTORS.links}, ${SELECTORS.ticks}`,
    read: `${SELECTORS.controls}, ${SELECTORS.cells}`,
    any: `${SELECTORS.controls}, ${SELECTORS.buttons}, ${SELECTORS.links}`,
  };
  const all = [...document.querySelectorAll(selectors[want])].filter(visible);
  if (want !== 'read') return all;
  const isValue = (element: Element): boolean => element.matches(SELECTORS.controls) || hasOwnText(element);
  return all.filter((element) => isValue(element) && !element.matches(SELECTORS.buttons));
}

/** False for an element that only wraps others. */
export function hasOwnText(element: Element): boolean {
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && normal(node.textContent) !== '');
}

/** Text between the field and the control before (or after) it, within the same parent. */
export function besideText(element: Element, side: 'previousSibling' | 'nextSibling'): string {
  let text = '';
  for (let node = element[side]; node; node = node[side]) {
    if (node instanceof Element && (node.matches(SELECTORS.controls) || node.querySelector(SELECTORS.controls))) break;
    if (node instanceof Element && node.matches('script, style')) continue;
    const piece = node.textContent ?? '';
    text = side === 'previousSibling' ? piece + text : text + piece;
    if (normal(text) !== '' && node instanceof HTMLBRElement) break;
  }
  return normal(text);
}

/** Nearest cell with text and no control, to the left (or right) in the same row. */
export function cellText(element: Element, side: 'previousElementSibling' | 'nextElementSibling'): string {
  const cell = element.closest('td, th, dd, div, p, li');
  for (let other = cell?.[side]; other; other = other[side]) {
    if (other.querySelector(SELECTORS.controls)) return '';
    if (normal(other.textContent) !== '') return normal(other.textContent);
  }
  return '';
}

/** Every text that a person could take for the field's label. */
export function labelsOf(element: Element): string[] {
  const control = element as HTMLInputElement;
  const texts = [...(control.labels ?? [])].map((label) => normal(label.textContent));
  texts.push(normal(element.getAttribute('aria-label')), normal(element.getAttribute('placeholder')));
  for (const id of (element.getAttribute('aria-labelledby') ?? '').split(' ')) {
    texts.push(normal(document.getElementById(id)?.textContent));
  }
  if (element.matches(SELECTORS.ticks)) {
    texts.push(besideText(element, 'nextSibling') || cellText(element, 'nextElementSibling'));
  }
  const before = element.matches(SELECTORS.cells) ? '' : besideText(element, 'previousSibling');
  texts.push(before || cellText(element, 'previousElementSibling') || outerLabel(element));
  return texts.filter((text) => text !== '');
}

/** A table inside a cell: the label stands before the cell that holds the whole table. */
export function outerLabel(element: Element): string {
  const table = element.closest('table');
  if (!table || table.querySelectorAll(SELECTORS.controls).length > 1) return '';
  return cellText(table, 'previousElementSibling');
}

export function cellIndex(cell: Element): number {
  let index = 0;
  for (let before = cell.previousElementSibling; before; before = before.previousElementSibling) {
    index += (before as HTMLTableCellElement).colSpan || 1;
  }
  return index;
}

/** Headings of the column: the nearest row above without a control that has text at the same place. */
export function columnOf(element: Element): { heading: string; row: number } | undefined {
  const cell = element.closest('td, th');
  const row = cell?.closest('tr');
  if (!cell || !row) return undefined;
  let number = 1;
  // Where a heading is marked as one, rows of plain texts are data.
  const isMarked = (other: Element): boolean => other.querySelector('th, b, strong') !== null;
  const all = [...(row.parentElement?.children ?? [])];
  const anyMarked = all.slice(0, all.indexOf(row)).some(isMarked);
  for (let above = row.previousElementSibling; above; above = above.previousElementSibling) {
    if (!above.matches('tr') || above.children.length < 2) continue;
    const heading = [...above.children].find((other) => cellIndex(other) === cellIndex(cell));
    const marked = isMarked(above) || (element.matches(SELECTORS.controls) && !anyMarked);
    const isHeading = marked && !above.querySelector(SELECTORS.controls) && normal(heading?.textContent) !== '';
    if (heading && isHeading) return { heading: normal(heading.textContent), row: number };
    if (heading?.querySelector(SELECTORS.controls)) number += 1;
  }
  const headings = cell.closest('table')?.tHead?.rows[0]?.cells ?? [];
  const heading = [...headings].find((other) => cellIndex(other) === cellIndex(cell));
  return heading && { heading: normal(heading.textContent), row: number };
}

export function inRow(element: Element, row: string | undefined, kind: string): boolean {
  if (row === undefined) return true;
  if (/^\d{1,4}$/.test(row)) return kind !== 'column' || columnOf(element)?.row === Number(row);
  const text = normal(element.closest('tr, li')?.textContent);
  return text.includes(normal(row));
}

export function buttonText(element: Element): string {
  if (element instanceof HTMLInputElement) return normal(element.value || element.alt || element.title);
  return (
    normal(element.textContent) || normal(element.getAttribute('title')) || normal(element.querySelector('img')?.alt)
  );
}

/** First candidate after an element whose own text is this text. */
export function nearest(all: Element[], text: string): Element[] {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (normal(node.textContent) !== text || !node.parentElement || !visible(node.parentElement)) continue;
    const anchor = node;
    const after = all.find((e) => anchor.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
    return after ? [after] : [];
  }
  return [];
}

export function byXpath(expression: string): Element[] {
  const result = document.evaluate(expression, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
  const found: Element[] = [];
  for (let i = 0; i < result.snapshotLength; i += 1) {
    const node = result.snapshotItem(i);
    if (node instanceof Element) found.push(node);
  }
  return found;
}

/** The candidates that one way leads to. */
export function follow(all: Element[], kind: string, text: string): Element[] {
  const wanted = normal(text);
  switch (kind) {
    case 'label':
      return all.filter((element) => labelsOf(element).includes(wanted));
    case 'name':
      return all.filter((element) => element.getAttribute('name') === text || element.id === text);
    case 'button':
      return all.filter((element) => element.matches(SELECTORS.buttons) && buttonText(element) === wanted);
    case 'link':
      return all.filter((element) => element.matches(SELECTORS.links) && buttonText(element) === wanted);
    case 'near':
      return nearest(all, wanted);
    case 'column':
      return all.filter((element) => columnOf(element)?.heading === wanted);
    case 'place':
      return atPlace(all, text);
    case 'after':
    case 'before':
      return relativeTo(all, kind, text);
    default:
      return bySource(kind, text).filter((element) => all.includes(element));
  }
}

/** By selector or expression; one that the browser cannot read leads nowhere, as one that no longer holds. */
export function bySource(kind: string, text: string): Element[] {
  try {
    return kind === 'css' ? [...document.querySelectorAll(text)] : byXpath(text);
  } catch {
    return [];
  }
}

/** Which of the texts the visible text of this frame contains. */
export function seenOf(texts: string[]): string[] {
  const shown = texts.length === 0 ? '' : normal(document.body?.innerText);
  return texts.filter((text) => shown.includes(normal(text)));
}

/** Elements with the indexes of the ways that lead to them. */
export function leadingTo(query: Query): Map<Element, number[]> {
  const all = candidates(query.want);
  const ways = new Map<Element, number[]>();
  for (const [index, way] of query.ways.entries()) {
    for (const element of follow(all, way.kind, way.text)) {
      if (inRow(element, query.row, way.kind)) ways.set(element, [...(ways.get(element) ?? []), index]);
    }
  }
  return ways;
}

/** Visible elements whose whole text is this, innermost; for menus. */
export function withText(text: string): number {
  const wanted = normal(text);
  const found = [...document.querySelectorAll('body *')].filter((e) => visible(e) && buttonText(e) === wanted);
  const innermost = found.filter((element) => !found.some((other) => other !== element && element.contains(other)));
  keep(innermost);
  return innermost.length;
}

export function keep(elements: Element[]): void {
  (globalThis as unknown as { zapleczeKept: Element[] }).zapleczeKept = elements;
}

export function kept(index: number): Element | undefined {
  return (globalThis as unknown as { zapleczeKept?: Element[] }).zapleczeKept?.[index];
}

/** Characters that the page's own encoding cannot carry: the browser would send them as numbers, `&#322;`. */
export function unencodable(text: string): string {
  const link = document.createElement('a');
  return [...new Set(text)]
    .filter((character) => {
      link.href = `http://localhost/?${character}`;
      return link.search.includes('%26%23');
    })
    .join('');
}

/** Texts of a row's cells. Legacy pages put hidden fields between them, so children are not cells. */
export function cellTexts(row: HTMLTableRowElement): string[] {
  return [...row.cells].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim());
}

/** Rows of the table whose headings include all of these, as texts by heading; undefined where there is none. */
export function tableRows(headings: string[]): Record<string, string>[] | undefined {
  for (const head of [...document.querySelectorAll('tr')].reverse()) {
    const texts = cellTexts(head).map(normal);
    if (!visible(head) || !headings.every((heading) => texts.includes(normal(heading)))) continue;
    const rows = [...(head.closest('table')?.rows ?? [])];
    const below = rows.slice(rows.indexOf(head) + 1).filter((row) => row.cells.length === texts.length);
    return below.map((row) => {
      const cells = cellTexts(row);
      return Object.fromEntries(headings.map((h) => [h, cells[texts.indexOf(normal(h))] ?? ''] as const));
    });
  }
  return undefined;
}
