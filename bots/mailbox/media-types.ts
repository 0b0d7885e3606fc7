import { fileTypeFromBuffer } from 'file-type';

/** Bytes looked at to tell text from binary; a byte order mark and an XML declaration lie within. */
const TEXT_PROBE_BYTES = 4096;

/** Types that share one signature with others, so that the sender's more precise word may stand. */
const CONTAINERS = new Set(['application/zip', 'application/x-cfb', 'application/xml', 'text/plain']);

/** What a sender may refine a container to: offices' formats and kinds of text, nothing that a browser would run. */
const REFINEMENTS =
  /^(application\/(msword|vnd\.(ms-|openxmlformats-|oasis\.)[\w.+-]+|xml|json|[\w.-]+\+xml)|text\/(csv|xml|plain))$/;

/**
 * Media type by content (magic numbers). A sender's word counts only where content cannot tell, and only for harmless
 * kinds; `application/octet-stream` when nobody knows.
 */
export async function sniffMediaType(bytes: Uint8Array, declared: string): Promise<string> {
  const found = (await fileTypeFromBuffer(bytes))?.mime ?? textKind(bytes);
  if (found === undefined) return 'application/octet-stream';
  const word = declared.toLowerCase();
  const sameFamily = found === 'text/plain' ? !/xml/.test(word) : found !== 'application/xml' || /xml/.test(word);
  return CONTAINERS.has(found) && sameFamily && REFINEMENTS.test(word) ? word : found;
}

function textKind(bytes: Uint8Array): string | undefined {
  const probe = bytes.subarray(0, TEXT_PROBE_BYTES);
  const head = decode(probe);
  if (head === undefined) return undefined;
  const start = head
    .replace(/^\uFEFF/, '')
    .trimStart()
    .slice(0, 200)
    .toLowerCase();
  if (/^(<!doctype html|<html)/.test(start)) return 'text/html';
  if (start.startsWith('<?xml') || /^<[a-z_][\w.-]*(:[\w.-]+)?[\s>]/.test(start)) return 'application/xml';
  return 'text/plain';
}

/** Text of a probe in UTF-8 or UTF-16 by its mark, or in some 8-bit code without control characters; else undefined. */
function decode(probe: Uint8Array): string | undefined {
  if (probe[0] === 0xff && probe[1] === 0xfe) return new TextDecoder('utf-16le').decode(probe);
  if (probe[0] === 0xfe && probe[1] === 0xff) return new TextDecoder('utf-16be').decode(probe);
  return probe.some(isControl) ? undefined : new TextDecoder('utf-8').decode(probe);
}

/** A control character that no text has: all below space but tab, line feed, form feed and carriage return. */
function isControl(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d;
}
