/**
 * More of what runs inside the target's pages: what a person sees of them, through open shadow roots, without hidden
 * texts. Sent to each frame together with in-page.ts.
 */

type Rooted = { zapleczeRoots?: ShadowRoot[] };

/** Remembers every shadow root that the page opens: pages built of web components keep their fields in there. */
export function watchRoots(): void {
  const roots: ShadowRoot[] = [];
  (globalThis as unknown as Rooted).zapleczeRoots = roots;
  const prototype = Element.prototype as unknown as { attachShadow: (init: ShadowRootInit) => ShadowRoot };
  const original = prototype.attachShadow;
  prototype.attachShadow = function attachShadow(this: Element, init: ShadowRootInit): ShadowRoot {
    const root = original.call(this, init);
    roots.push(root);
    return root;
  };
}

/** The document and every shadow root that is in it now. */
export function rootsNow(): (Document | ShadowRoot)[] {
  const all = (globalThis as unknown as Rooted).zapleczeRoots ?? [];
  return [document, ...all.filter((root) => root.host.isConnected)];
}

/** As `document.querySelectorAll`, through open shadow roots. Document order holds within each root. */
export function deepAll(selector: string): Element[] {
  return rootsNow().flatMap((root) => [...root.querySelectorAll(selector)]);
}

/** Text as people compare it: one blank, no glyphs of icon fonts, no colon, star or question mark at the end. */
export function normal(text: string | null | undefined): string {
  return (text ?? '')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff\ue000-\uf8ff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s:*?]+$/, '');
}

/** Seen, and larger than the one pixel to which pages shrink what is for programs alone. */
export function visible(element: Element): boolean {
  if (!element.checkVisibility({ visibilityProperty: true })) return false;
  const rects = element.getClientRects();
  if (rects.length === 0) return false;
  return !(element instanceof HTMLElement) || element.offsetWidth > 1 || element.offsetHeight > 1 || rects.length > 1;
}

/** The text of an element without what is hidden in it. */
export function seenText(element: Element | null | undefined): string {
  if (!element) return '';
  const whole = element.textContent ?? '';
  if (element.childElementCount === 0 || normal(whole) === '') return normal(whole);
  let text = '';
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent && !parent.matches('script, style') && parent.checkVisibility({ visibilityProperty: true })) {
      text += node.textContent ?? '';
    }
  }
  return normal(text);
}

/** The element with that id, looked for where the other one stands. */
export function besideById(element: Element, id: string): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.getElementById(id) : document.getElementById(id);
}
