/**
 * More of what runs inside the target's pages: lists that open to be chosen from, and leaving a field. Sent to each frame
 * together with in-page.ts; hence declared, not imported.
 */
declare function normal(text: string | null | undefined): string;
declare function visible(element: Element): boolean;
declare function seenText(element: Element | null | undefined): string;
declare function buttonText(element: Element): string;
declare function deepAll(selector: string): Element[];
declare function innermost(all: Element[]): Element[];
declare function keep(elements: Element[]): void;
declare function isLeaving(): boolean;
declare const SELECTORS: { texts: string; controls: string };

type State = {
  zapleczeBefore?: WeakSet<Element>;
  zapleczeStir?: { soon: number; later: (run: () => void, ms: number) => unknown };
};

const OPTIONS = '[role=option], [role=treeitem], [role=menuitemradio], [role=menuitem]';
/** So many boxes around a field are looked at for what it shows: toolkits draw the chosen text beside the input. */
const SHOWN_LEVELS = 4;
export const CHOOSE_BOUNDS = { options: OPTIONS, shownLevels: SHOWN_LEVELS };

declare const CHOOSING: typeof CHOOSE_BOUNDS;

/** Remembers what is on the page before a list is opened: what comes after it is the list. */
export function beforeOpening(): void {
  (globalThis as unknown as State).zapleczeBefore = new WeakSet(deepAll('*').filter(visible));
}

/** Texts of all that can be chosen now; the elements are kept under their index. Options first, else whatever is new. */
export function optionsNow(): string[] {
  const before = (globalThis as unknown as State).zapleczeBefore ?? new WeakSet<Element>();
  const isNew = (element: Element): boolean => !before.has(element);
  const options = deepAll(CHOOSING.options).filter((element) => visible(element) && !isClipped(element));
  const fresh = options.filter(isNew);
  const named = fresh.length > 0 ? fresh : options;
  const apart = (e: Element): boolean => !named.some((option) => option.contains(e) || e.contains(option));
  const rest = deepAll('*').filter(
    (e) => isNew(e) && visible(e) && !isClipped(e) && !e.matches(SELECTORS.controls) && apart(e),
  );
  const list = [...named, ...innermost(rest.filter((e) => seenText(e) !== ''))];
  keep(list);
  return list.map(buttonText);
}

/** True for what stands in a box of no size: lists for screen readers, which nobody can click. */
export function isClipped(element: Element): boolean {
  for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
    if ((box.clientHeight === 0 || box.clientWidth === 0) && getComputedStyle(box).overflow === 'hidden') return true;
  }
  return false;
}

/** Scrolls the list of the first option by its height; false at its end. */
export function scrollOptions(): boolean {
  const [first] = deepAll(CHOOSING.options).filter((element) => visible(element) && !isClipped(element));
  const fresh = (globalThis as unknown as { zapleczeKept?: Element[] }).zapleczeKept ?? [];
  for (let box = (first ?? fresh[0])?.parentElement; box; box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight + 1 || !/auto|scroll/.test(getComputedStyle(box).overflowY)) continue;
    const at = box.scrollTop;
    box.scrollTop += box.clientHeight;
    return box.scrollTop > at;
  }
  return false;
}

/** What the field and the boxes close around it show. */
export function shownBy(element: Element): string[] {
  const texts: string[] = [];
  let box: Element | null = element;
  for (let level = 0; box && box !== document.body && level < CHOOSING.shownLevels; level += 1) {
    const controls = [box, ...box.querySelectorAll(SELECTORS.controls)];
    for (const control of controls) if (control instanceof HTMLInputElement) texts.push(normal(control.value));
    texts.push(seenText(box), ...[...box.querySelectorAll('*')].filter(visible).map(seenText));
    box = box.parentElement;
  }
  return texts;
}

/** True where the cursor is in something that takes text. */
export function isTyping(): boolean {
  const element = focused();
  return element !== null && element.matches(SELECTORS.texts) && !(element as HTMLInputElement).readOnly;
}

/** The element with the cursor, through shadow roots. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** Leaves the field that has the cursor, as a person does by clicking elsewhere. True where the page stirs because of it. */
export async function leaveFocused(): Promise<boolean> {
  const element = focused();
  if (!element?.matches(SELECTORS.controls)) return false;
  (element as HTMLElement).blur();
  const stir = (globalThis as unknown as State).zapleczeStir;
  const later = stir?.later ?? setTimeout;
  await new Promise<void>((done) => later(() => later(done, 0), 0));
  return isLeaving() || (stir?.soon ?? 0) > 0;
}

/** True for a button, link or tick box that does not belong to a list which closes when the field is left. */
export function standsAlone(element: Element): boolean {
  const inList = element.closest('[role=listbox], [role=menu], [role=tree], [role=option], [role=menuitem], li');
  return !inList && element.matches('button, a, input, [role=button], [role=link], [role=switch], [role=checkbox]');
}
