import type { FileContent } from '../../../core/model/artefact.ts';
import { BOUNDS } from '../bounds.ts';
import { unreadable } from '../failure.ts';

export type Format = 'pdf' | 'xml' | 'image';

/** Bytes in which a PDF's header may be preceded by others (ISO 32000-1, Annex H.3.4.1). */
const PDF_HEADER_WINDOW = 1024;
const TEXT_WINDOW = 512;

const IMAGES: readonly (readonly [name: string, offset: number, magic: string])[] = [
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['gif', 0, 'GIF8'],
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['webp', 8, 'WEBP'],
  ['heif', 4, 'ftyp'],
];

/** Brands of HEIC (ISO/IEC 23008-12): HEVC, which the decoder lacks for its patents. AVIF, of the same family, is read. */
const HEIC_BRANDS: ReadonlySet<string> = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']);

const REFUSED: readonly (readonly [what: string, magic: string])[] = [
  ['a Windows program', 'MZ'],
  ['a Linux program', '\x7fELF'],
  ['an archive', 'PK\x03\x04'],
  ['an archive', 'Rar!'],
  ['an archive', '7z\xbc\xaf'],
  ['an archive', '\x1f\x8b'],
  ['an old Office document', '\xd0\xcf\x11\xe0'],
  ['the EICAR test virus', 'X5O!P%@AP'],
];

/**
 * Tells the format by magic bytes; names and media types of mails are never trusted.
 * Throws `unreadable-document` for empty, oversized and foreign files.
 */
export function detectFormat(file: FileContent): Format {
  const { bytes, name } = file;
  if (bytes.length === 0) throw unreadable('empty', name, 'the file is empty; ask the sender to send it again');
  if (bytes.length > BOUNDS.fileBytes) {
    throw unreadable('too-large', name, `the file has ${bytes.length} bytes, the limit is ${BOUNDS.fileBytes}`);
  }
  const head = Buffer.from(bytes.subarray(0, PDF_HEADER_WINDOW)).toString('latin1');
  const refused = REFUSED.find(([, magic]) => head.startsWith(magic));
  if (refused) throw unreadable('not-a-document', name, `the file is ${refused[0]}, not a document`);
  if (head.startsWith('ftyp', 4) && HEIC_BRANDS.has(head.slice(8, 12))) {
    throw unreadable('unsupported-format', name, 'the picture is HEIC, as telephones take them; ask for a JPEG or PDF');
  }
  if (head.includes('%PDF-')) return 'pdf';
  if (IMAGES.some(([, offset, magic]) => head.startsWith(magic, offset))) return 'image';
  if (looksLikeXml(head)) return 'xml';
  throw unreadable('unsupported-format', name, 'the file is not a PDF, XML or image; ask the sender for one of these');
}

/** An XML document starts with "<" in any of the encodings that XML 1.0 (appendix F) tells apart, after a BOM or blanks. */
function looksLikeXml(head: string): boolean {
  const text = head.slice(0, TEXT_WINDOW).replaceAll('\0', '');
  return /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<(\?xml|!--|!DOCTYPE|[A-Za-z_])/.test(text) && !/<html/i.test(text);
}
