import { ParseOption, XmlDocument, XmlElement as LibElement, XmlParseError } from 'libxml2-wasm';
import { BOUNDS } from '../bounds.ts';
import { unreadable } from '../failure.ts';
import type { XmlElement } from './tree.ts';

/** Where a prolog must have ended: declarations and comments before the root, with room. */
const PROLOG_WINDOW = 100_000;

/**
 * Parses an e-invoice into a plain tree. No DTD, no entities of its own, no network (OWASP XXE): a document type
 * declaration is refused before the parser sees it, because no e-invoice syntax has one.
 * Throws `unreadable-document` (forbidden-xml, damaged, too-large).
 */
export function parseXml(bytes: Uint8Array, name: string): XmlElement {
  if (bytes.length > BOUNDS.xmlBytes) {
    throw unreadable('too-large', name, `the XML has ${bytes.length} bytes, the limit is ${BOUNDS.xmlBytes}`);
  }
  const text = decode(bytes, name);
  const root = /<[A-Za-z_]/.exec(text)?.index ?? text.length;
  if (/<!DOCTYPE|<!ENTITY/i.test(text.slice(0, Math.min(Math.max(root, 0) + 1, PROLOG_WINDOW)) + prologTail(text))) {
    throw unreadable('forbidden-xml', name, 'the XML declares a document type or entities, which e-invoices never do');
  }
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(text.replace(/^\s*<\?xml[^>]*\?>/, ''), {
      option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE,
    });
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    throw unreadable('damaged', name, `the XML is not well-formed: ${error.message.trim()}`, error);
  }
  try {
    return convert(document.root, name);
  } finally {
    document.dispose();
  }
}

/** A document type may only stand before the root; look at the whole text all the same, it costs nothing. */
function prologTail(text: string): string {
  return text.includes('<!DOCTYPE') || text.includes('<!ENTITY') ? '<!DOCTYPE' : '';
}

function decode(bytes: Uint8Array, name: string): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head.replaceAll('\0', ''))?.[1] ?? 'utf-8';
  const encoding = byteOrder(bytes) ?? (/^utf-?16/i.test(declared) ? 'utf-8' : declared);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable('damaged', name, `the XML says it is ${encoding}, but its bytes are not`, error);
  }
}

/** Encoding by byte order mark or by the zero bytes of "<" (XML 1.0, appendix F). */
function byteOrder(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  return a === 0xef && b === 0xbb ? 'utf-8' : undefined;
}

function convert(root: LibElement, name: string): XmlElement {
  let count = 0;
  const walk = (node: LibElement, depth: number): XmlElement => {
    count += 1;
    if (depth > BOUNDS.xmlDepth || count > BOUNDS.xmlElements) {
      throw unreadable('too-large', name, 'the XML is nested too deep or has too many elements to be an invoice');
    }
    const children: XmlElement[] = [];
    let text = '';
    for (let child = node.firstChild; child; child = child.next) {
      if (child instanceof LibElement) children.push(walk(child, depth + 1));
      else if (child.constructor.name !== 'XmlComment') text += child.content;
    }
    const attributes = Object.fromEntries(node.attrs.map((attribute) => [attribute.name, attribute.value]));
    return { name: node.name, namespace: node.namespaceUri, line: node.line, text: text.trim(), attributes, children };
  };
  return walk(root, 1);
}
