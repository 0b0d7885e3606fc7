/**
 * What the recorder runs inside the target's pages, beside the functions of `../page/in-page.ts`, which it reaches as
 * `F`. As those, the functions are sent as source text and use nothing from outside this file.
 */
import type { LocatorKind } from '../../../core/forms/field.ts';
import type * as Finders from '../page/in-page.ts';
import type * as Grids from '../page/in-page-grid.ts';
import type * as Labels from '../page/in-page-label.ts';
import type * as Sees from '../page/in-page-see.ts';

declare const F: typeof Finders & typeof Grids & typeof Labels & typeof Sees;
declare const SELECTORS: typeof Finders.SELECTORS;

type Want = 'fill' | 'choose' | 'tick' | 'press' | 'any';

/** Ways that lead to an element, as a form file writes them. `row` belongs to `column`. */
export type Ways = Partial<Record<LocatorKind | 'row', string>>;

/** Something that the person did, or (for `show`) a control with what stands in it. */
export type Gesture = {
  verb: 'fill' | 'choose' | 'tick' | 'press' | 'show';
  ways: Ways;
  /** Text typed, text of the option chosen; empty for a press. */
  value: string;
  /** Value of the option, where it is another than its text. */
  code: string;
  on: boolean;
  secret: boolean;
  /** The element stands in a row of data: its own text is the row's, not the page's. */
  inData: boolean;
  /** Of a press: the request by which it may have changed something, for example "POST /save". */
  sent?: string;
  /** A person says that it saved or booked something. */
  lasts?: boolean;
};

/** A row of a table by its headings, and which of its cells carry a link. */
export type Row = { cells: Record<string, string>; links: string[] };

/** Preceding texts that are tried as an anchor for `near`. */
const NEAR_TRIES = 6;
export const BOUNDS = { nearTries: NEAR_TRIES, tokenLength: 4 };

/**
 * Calls back with each gesture in this document, before the page itself sees it. A pop-up's window stays the same when
 * its first, empty document gives way to the page, so it is the document that is heard, and heard once.
 */
export function listen(report: (gesture: Gesture) => void): void {
  const heard = document as Document & { zapleczeHeard?: true };
  if (heard.zapleczeHeard) return;
  heard.zapleczeHeard = true;
  /** The list that was opened last, until something is chosen from it. */
  let chooser: Element | null = null;
  const onChange = (event: Event): void => {
    const element = event.target as HTMLInputElement | HTMLSelectElement;
    // What is typed into a list to search it is a part of choosing.
    if (chooser?.contains(element)) return;
    if (element instanceof HTMLSelectElement) report(gesture(element, 'choose', 'choose'));
    else if (element.matches(SELECTORS.ticks)) report(gesture(element, 'tick', 'tick'));
    else if (element.matches(SELECTORS.texts)) report(gesture(element, 'fill', 'fill'));
  };
  const onClick = (event: Event): void => {
    // A component that is clicked clicks its own hidden parts as well: a person pressed once.
    if (!event.isTrusted) return;
    const target = event.target as Element;
    const option = target.closest?.('[role=option]');
    if (option && chooser) {
      report({ ...gesture(chooser, 'choose', 'choose'), value: F.buttonText(option), code: '' });
      chooser = null;
      return;
    }
    const opened = target.closest?.('[role=combobox], [aria-haspopup=listbox]');
    if (opened) chooser = opened;
    if (opened && !opened.matches(SELECTORS.buttons)) return;
    const clicked = (event.target as Element).closest?.(`${SELECTORS.buttons}, ${SELECTORS.links}`);
    if (
      !clicked ||
      !F.visible(clicked) ||
      clicked.matches(`${SELECTORS.texts}, ${SELECTORS.ticks}, select, body, form`)
    )
      return;
    report(gesture(clicked, 'press', 'press'));
  };
  document.addEventListener('change', onChange, true);
  document.addEventListener('click', onClick, true);
}

export function gesture(element: Element, verb: Gesture['verb'], want: Want): Gesture {
  const control = element as HTMLInputElement;
  const option = element instanceof HTMLSelectElement ? element.selectedOptions[0] : undefined;
  const pressed = verb === 'press';
  return {
    verb,
    ways: waysTo(element, want),
    value: pressed ? '' : (option?.label.trim() ?? control.value),
    code: option?.value ?? '',
    on: control.checked,
    secret: control.type === 'password',
    inData: pressed && !element.matches(SELECTORS.buttons) && F.columnOf(element) !== undefined,
  };
}

/** Every control of this document that shows something. */
export function shown(): Gesture[] {
  return [...document.querySelectorAll(SELECTORS.controls)]
    .filter((element) => F.visible(element) && !element.matches(`${SELECTORS.buttons}, ${SELECTORS.ticks}`))
    .map((element) => gesture(element, 'show', 'any'))
    .filter((control) => control.value !== '' && !control.secret);
}

/** Every way that leads to the element and not away from it, `css` always to it alone. */
export function waysTo(element: Element, want: Want): Ways {
  const all = F.candidates(want);
  const leads = (kind: string, text: string): boolean =>
    text !== '' && F.normal(text) !== '' && F.follow(all, kind, text).includes(element);
  const ways: Ways = {};
  const pressable = element.matches(`${SELECTORS.buttons}, ${SELECTORS.links}`);
  const label = pressable ? undefined : F.labelsOf(element).find((text) => leads('label', text));
  if (label !== undefined) ways.label = label;
  const name = [element.getAttribute('name') ?? '', element.id].find((text) => leads('name', text));
  if (name !== undefined) ways.name = name;
  const text = F.buttonText(element);
  if (leads('button', text)) ways.button = text;
  else if (leads('link', text)) ways.link = text;
  const column = pressable ? undefined : F.columnOf(element);
  if (column && leads('column', column.heading)) {
    ways.column = column.heading;
    ways.row = String(column.row);
  }
  const near = pressable ? anchorBefore(all, element) : undefined;
  if (near !== undefined && F.follow(all, 'button', text).length > 1) ways.near = near;
  ways.css = cssOf(all, element);
  return ways;
}

/** A text before the element after which it is the first of its kind. */
export function anchorBefore(all: Element[], element: Element): string | undefined {
  const walker = document.createTreeWalker(document.body ?? document, NodeFilter.SHOW_TEXT);
  const before: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
    const text = F.normal(node.textContent);
    if (text !== '') before.push(text);
  }
  return before
    .slice(-BOUNDS.nearTries)
    .reverse()
    .find((text) => F.nearest(all, text)[0] === element);
}

/** The simplest selector that leads to this element alone. */
export function cssOf(all: Element[], element: Element): string {
  const tag = element.localName;
  const quoted = (name: string): string[] => {
    const value = element.getAttribute(name);
    return value ? [`[${name}=${JSON.stringify(value)}]`] : [];
  };
  const form = element.closest('form')?.getAttribute('name');
  const tries = [
    ...(element.matches(SELECTORS.buttons) ? quoted('value').map((value) => tag + value) : []),
    ...quoted('name').map((name) => tag + name),
    ...quoted('id').map((id) => tag + id),
    ...quoted('name').flatMap((name) => quoted('value').map((value) => tag + name + value)),
    ...(form ? quoted('name').map((name) => `form[name=${JSON.stringify(form)}] ${tag}${name}`) : []),
    ...(element.matches('[type=password]') ? ['input[type=password]'] : []),
    ...['onclick', 'href'].flatMap((name) => tokens(element, name).map((token) => `${tag}[${name}*="${token}"]`)),
  ];
  const alone = (css: string): boolean => {
    const found = [...document.querySelectorAll(css)].filter((other) => all.includes(other));
    return found.length === 1 && found[0] === element;
  };
  return tries.find(alone) ?? pathOf(element);
}

/** Words of a script or an address that tell what it is for; not those that the row's own data bring along. */
export function tokens(element: Element, attribute: string): string[] {
  const data = F.normal(element.closest('tr, li')?.textContent);
  const words = (element.getAttribute(attribute) ?? '').split(/[^A-Za-z0-9_.]+/);
  const plain =
    /^(?:javascript|void|window|open|opener|close|document|forms|value|return|parent|self|location|submit|this)$/;
  return words
    .map((word) => word.replace(/^\.+|\.+$/g, '').replace(/\.asp|\.php|\.html?$/, ''))
    .flatMap((word) => (word.includes('.') && attribute === 'onclick' ? word.split('.') : [word]))
    .filter((word) => word.length >= BOUNDS.tokenLength && !plain.test(word) && !/^\d+$/.test(word))
    .filter((word) => !data.includes(word))
    .sort((a, b) => Number(/[\d_]/.test(b)) - Number(/[\d_]/.test(a)));
}

/** Position in the document, the last resort. */
export function pathOf(element: Element): string {
  const steps: string[] = [];
  for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
    const same = [...(at.parentElement?.children ?? [])].filter((other) => other.localName === at?.localName);
    steps.unshift(same.length > 1 ? `${at.localName}:nth-of-type(${same.indexOf(at) + 1})` : at.localName);
  }
  return steps.join(' > ');
}

/** Rows of data that contain the text as a cell, each by its headings. */
export function rowsWith(text: string): Row[] {
  const found: Row[] = [];
  for (const row of document.querySelectorAll('tr')) {
    if (!F.visible(row) || !F.cellTexts(row).includes(text)) continue;
    const cells: Record<string, string> = {};
    const links: string[] = [];
    const table = [...(row.closest('table')?.rows ?? [])];
    const head = table
      .slice(0, table.indexOf(row))
      .find((above) => above.cells.length === row.cells.length && F.cellTexts(above).every((cell) => cell !== text));
    if (!head) continue;
    for (const [index, heading] of F.cellTexts(head).map(F.normal).entries()) {
      const cell = row.cells[index];
      if (heading === '' || !cell) continue;
      cells[heading] = F.cellTexts(row)[index] ?? '';
      if (cell.querySelector('a')) links.push(heading);
    }
    if (Object.keys(cells).length > 1) found.push({ cells, links });
  }
  return found;
}

/** The lines of text that this document shows. */
export function lines(): string[] {
  return (document.body?.innerText ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
