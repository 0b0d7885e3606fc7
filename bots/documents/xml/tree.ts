/** One element of a parsed e-invoice; names are local names. */
export type XmlElement = {
  name: string;
  namespace: string;
  /** Line in the file, from 1. */
  line: number;
  /** Own text, trimmed. */
  text: string;
  attributes: Record<string, string>;
  children: XmlElement[];
};

/** The first element at a path of local names, for example `at(fa, 'Platnosc/RachunekBankowy/NrRB')`. */
export function at(element: XmlElement | undefined, path: string): XmlElement | undefined {
  let found = element;
  for (const step of path.split('/')) found = found?.children.find((child) => child.name === step);
  return found;
}

/** Text at a path, or undefined where absent or empty. */
export function textAt(element: XmlElement | undefined, path: string): string | undefined {
  return at(element, path)?.text || undefined;
}

/** Every element at a path; each step may match several. */
export function allAt(element: XmlElement | undefined, path: string): XmlElement[] {
  let found = element ? [element] : [];
  for (const step of path.split('/')) {
    found = found.flatMap((parent) => parent.children.filter((child) => child.name === step));
  }
  return found;
}

/** Visits an element and everything in it, with the path of local names from (and without) the root. */
export function walk(root: XmlElement, visit: (element: XmlElement, path: string) => void, path = ''): void {
  visit(root, path);
  for (const child of root.children) walk(child, visit, path ? `${path}/${child.name}` : child.name);
}
