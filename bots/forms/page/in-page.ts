/**
 * What runs inside the target's pages. These functions are sent to each frame as source text, so they use nothing from
 * outside this file and no helper of Node. Legacy pages rarely have labels or ids: the text before, above or after a
 * field stands for its label, as it does for a person.
 */

/** Of the other files of this folder that begin with in-page, which are sent along. */
declare function normal(text: string | null | undefined): string;
declare function visible(element: Element): boolean;
declare function seenText(element: Element | null | undefined): string;
declare function deepAll(selector: string): Element[];
declare function rootsNow(): (Document | ShadowRoot)[];
declare function labelsOf(element: Element): string[];
declare function clickableBy(all: Element[], wanted: string): Element[];
declare function innermost(all: Element[]): Element[];
declare function atPlace(all: Element[], text: string): Element[];
declare function relativeTo(all: Element[], side: string, text: string): Element[];

/** What a step wants to do with the element, which narrows down what it may be. */
export type Want = 'fill' | 'choose' | 'tick' | 'attach' | 'press' | 'read' | 'any';
export type Query = { want: Want; row?: string; ways: { kind: string; text: string }[] };

export const SELECTORS = {
  controls: 'input:not([type=hidden]), select, textarea, [contenteditable=""], [contenteditable=true]',
  buttons: 'input[type=submit], input[type=button], input[type=image], input[type=reset], button, [role=button]',
  links: 'a, [role=link], [role=menuitem], [onclick], area',
  ticks:
    'input[type=checkbox], input[type=radio], [role=checkbox], [role=radio], [role=switch], [role=menuitemcheckbox]',
  texts:
    'input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button], [type=image], [type=file]), textarea, [contenteditable=""], [contenteditable=true]',
  files: 'input[type=file]',
  choosers: 'select, [role=combobox], [role=listbox], [aria-haspopup=listbox]',
  pressed: '[role=tab], [role=option], [role=treeitem], [role=gridcell], [role=menuitemradio], summary, [tabindex]',
  cells: 'td, th, dd, span, b, strong, p, div, li, a, output',
  /** What programs put beside a field for themselves. */
  unread: '[role~=presentation], [aria-hidden=true][readonly], [aria-hidden=true][tabindex="-1"]',
};

/** Elements of the kind that the step wants, in document order. */
export function candidates(want: Want): Element[] {
  const selectors: Record<Want, string> = {
    fill: SELECTORS.texts,
    choose: SELECTORS.choosers,
    tick: SELECTORS.ticks,
    attach: `${SELECTORS.files}, ${SELECTORS.buttons}, ${SELECTORS.links}`,
    press: `${SELECTORS.buttons}, ${SELECTORS.links}, ${SELECTORS.ticks}`,
    read: `${SELECTORS.controls}, ${SELECTORS.choosers}, ${SELECTORS.cells}`,
    any: `${SELECTORS.controls}, ${SELECTORS.buttons}, ${SELECTORS.links}, ${SELECTORS.choosers}`,
  };
  const all = deepAll(selectors[want]).filter(
    // A button stands for the field for files that it hides.
    (element) =>
      (visible(element) || (want === 'attach' && element.matches(SELECTORS.files))) &&
      !element.matches(SELECTORS.unread),
  );
  if (want === 'choose')
    return all.filter((element) => !all.some((inner) => inner !== element && element.contains(inner)));
  if (want !== 'read') return all;
  const isValue = (element: Element): boolean =>
    element.matches(`${SELECTORS.controls}, ${SELECTORS.choosers}`) || hasOwnText(element);
  return all.filter((element) => isValue(element) && !element.matches(SELECTORS.buttons));
}

/** A field that a person would take for one. */
export function isField(element: Element): boolean {
  return element.matches(SELECTORS.controls) && !element.matches(SELECTORS.unread) && visible(element);
}

export function holdsField(element: Element): boolean {
  return isField(element) || [...element.querySelectorAll(SELECTORS.controls)].some(isField);
}

/** False for an element that only wraps others. */
export function hasOwnText(element: Element): boolean {
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && normal(node.textContent) !== '');
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
  const inGrid = element.closest('[role=gridcell], [role=cell]');
  if (inGrid && !inGrid.matches('td, th')) return gridColumnOf(inGrid);
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

/** Heading and row, from 1, of a cell in a grid of plain elements. */
export function gridColumnOf(cell: Element): { heading: string; row: number } | undefined {
  const grid = cell.closest('[role=grid], [role=treegrid], [role=table]');
  const line = cell.closest('[role=row]');
  if (!grid || !line) return undefined;
  const place = (one: Element, all: Element[]): string =>
    one.getAttribute('aria-colindex') ?? String(all.indexOf(one) + 1);
  const cells = [...line.querySelectorAll('[role=gridcell], [role=cell], [role=rowheader]')];
  const heads = [...grid.querySelectorAll('[role=columnheader]')];
  const head = heads.find((one) => place(one, heads) === place(cell, cells));
  const lines = [...grid.querySelectorAll('[role=row]')].filter((one) =>
    one.querySelector('[role=gridcell], [role=cell]'),
  );
  return head && { heading: seenText(head), row: lines.indexOf(line) + 1 };
}

export function inRow(element: Element, row: string | undefined, kind: string): boolean {
  if (row === undefined) return true;
  if (/^\d{1,4}$/.test(row)) return kind !== 'column' || columnOf(element)?.row === Number(row);
  const text = normal(element.closest('tr, li, [role=row]')?.textContent);
  return text.includes(normal(row));
}

export function buttonText(element: Element): string {
  if (element instanceof HTMLInputElement) return normal(element.value || element.alt || element.title);
  return (
    seenText(element) ||
    normal(element.getAttribute('aria-label')) ||
    normal(element.getAttribute('title')) ||
    normal(element.querySelector('img')?.alt)
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
    return kind === 'css' ? deepAll(text) : byXpath(text);
  } catch {
    return [];
  }
}

/** Which of the texts the visible text of this frame contains. */
export function seenOf(texts: string[]): string[] {
  if (texts.length === 0) return [];
  const within = rootsNow()
    .slice(1)
    .flatMap((root) => [...root.children] as HTMLElement[]);
  const shown = [document.body, ...within].map((part) => normal(part?.innerText)).join(' ');
  return texts.filter((text) => shown.includes(normal(text)));
}

/** Elements with the indexes of the ways that lead to them. */
export function leadingTo(query: Query): Map<Element, number[]> {
  const found = leadingWithin(query, candidates(query.want), follow);
  if (found.size > 0) return found;
  // A list that opens under a plain field is chosen from as well.
  if (query.want === 'choose') return leadingWithin(query, candidates('fill'), follow);
  return query.want === 'press' ? leadingWithin(query, pressable(), followLoosely) : found;
}

/** Whatever a person may click besides buttons, links and tick boxes: tabs, options, days of a calendar, fields. */
export function pressable(): Element[] {
  const { pressed, texts, choosers } = SELECTORS;
  return deepAll(`${pressed}, ${texts}, ${choosers}`).filter((e) => visible(e) && !e.matches(SELECTORS.unread));
}

/** Whoever names an element by its source, or by words that no button has, may press anything that is seen. */
export function followLoosely(all: Element[], kind: string, text: string): Element[] {
  if (kind === 'css' || kind === 'xpath') return bySource(kind, text).filter(visible);
  return kind === 'button' || kind === 'link' ? clickableBy(all, normal(text)) : follow(all, kind, text);
}

export function leadingWithin(query: Query, all: Element[], way: typeof follow): Map<Element, number[]> {
  const ways = new Map<Element, number[]>();
  for (const [index, { kind, text }] of query.ways.entries()) {
    for (const element of way(all, kind, text)) {
      if (inRow(element, query.row, kind)) ways.set(element, [...(ways.get(element) ?? []), index]);
    }
  }
  return ways;
}

/** Visible elements whose whole text is this, innermost; for menus. */
export function withText(text: string): number {
  const wanted = normal(text);
  const may = (e: Element): boolean =>
    !e.matches(SELECTORS.texts) && (e.childElementCount === 0 || normal(e.textContent).includes(wanted));
  const found = innermost(deepAll('*').filter((e) => may(e) && visible(e) && buttonText(e) === wanted));
  keep(found);
  return found.length;
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
