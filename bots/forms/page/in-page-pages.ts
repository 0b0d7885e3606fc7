/**
 * More of what runs inside the target's pages: the way to the next page of a list. Sent to each frame together with
 * in-page.ts; hence declared, not imported.
 */
declare function normal(text: string | null | undefined): string;
declare function visible(element: Element): boolean;
declare function keep(elements: Element[]): void;

/** What leads to the next page of a list, as the applications of offices write it; compared whole, in small letters. */
const NEXT_WORDS = [
  'next',
  'next page',
  'go to next page',
  'next ›',
  'next »',
  'next >',
  '›',
  '»',
  '>',
  '→',
  'następna',
  'następna strona',
  'następne',
  'następny',
  'dalej',
  'weiter',
  'nächste',
  'nächste seite',
];
/** Words that stand in the class of such a control where it shows no text at all. */
const NEXT_CLASSES = ['next', 'pagination-next', 'paginator-next', 'page-next'];
export const PAGE_WORDS = { nextWords: NEXT_WORDS, nextClasses: NEXT_CLASSES };

declare const PAGES: typeof PAGE_WORDS;

/** True where there is a next page; what leads there is kept under index 0. A control that is switched off leads nowhere. */
export function nextPage(): boolean {
  const all = [
    ...document.querySelectorAll('a, button, [role=button], [role=link], input[type=submit], input[type=button]'),
  ];
  const found = all.filter((element) => visible(element) && leadsOn(element) && !isOff(element));
  // The innermost, the last: pagers often stand above and below the list, and lead to the same page.
  const [last] = found.slice(-1);
  if (last) keep([last]);
  return last !== undefined;
}

export function leadsOn(element: Element): boolean {
  if (element.getAttribute('rel')?.split(' ').includes('next')) return true;
  const own = element instanceof HTMLInputElement ? element.value : element.textContent;
  const said = [element.getAttribute('aria-label'), element.getAttribute('title'), own].map((text) =>
    normal(text).toLowerCase(),
  );
  if (said.some((text) => PAGES.nextWords.includes(text))) return true;
  const classes = [...element.classList, ...(element.parentElement?.classList ?? [])];
  return normal(own) === '' && classes.some((name) => PAGES.nextClasses.some((word) => name.endsWith(word)));
}

/** Switched off, by itself or by the item of the pager that it stands in. */
export function isOff(element: Element): boolean {
  const off = (one: Element | null): boolean =>
    one !== null &&
    (one.matches(':disabled, [aria-disabled=true]') ||
      [...one.classList].some((name) => /(^|[-_])disabled$/.test(name)));
  return off(element) || off(element.parentElement);
}
