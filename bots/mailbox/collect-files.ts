import type { Attachment } from 'mailparser';
import type { FileContent } from '../../core/model/artefact.ts';
import { looksLikeDocument } from './document-image.ts';
import { cleanFileName, uniqueName } from './file-names.ts';
import { cutText, storable } from '../../core/model/text.ts';
import { MAX_FILES, MAX_NAME_CHARS } from './limits.ts';
import { sniffMediaType } from './media-types.ts';
import { Unacceptable } from './unacceptable.ts';

/** The files of a mail as they are gathered, nested mails included. */
export type Gathered = { files: FileContent[]; skipped: string[]; names: Set<string> };

/** Parts that carry no document: signatures, and Outlook's own wrapping, which only Outlook opens. */
const NO_DOCUMENTS = new Map([
  ['application/ms-tnef', 'Outlook’s own format (TNEF); ask the sender for a plain attachment'],
  ['application/vnd.ms-tnef', 'Outlook’s own format (TNEF); ask the sender for a plain attachment'],
  ['application/pkcs7-signature', 'a signature'],
  ['application/x-pkcs7-signature', 'a signature'],
  ['application/pgp-signature', 'a signature'],
]);

const ENDINGS = new Map([
  ['application/pdf', '.pdf'],
  ['application/xml', '.xml'],
  ['image/jpeg', '.jpg'],
  ['image/png', '.png'],
  ['image/tiff', '.tif'],
  ['image/webp', '.webp'],
  ['text/plain', '.txt'],
]);

/** Adds one part to the files of its mail, or to what was skipped. Throws Unacceptable beyond the bound. */
export async function gather(part: Attachment, gathered: Gathered): Promise<void> {
  const given = cleanFileName(part.filename);
  const label = given ?? cutText(storable(part.contentType), MAX_NAME_CHARS);
  const noDocument =
    NO_DOCUMENTS.get(part.contentType) ??
    (given === 'winmail.dat' ? NO_DOCUMENTS.get('application/ms-tnef') : undefined);
  if (noDocument !== undefined) return void gathered.skipped.push(`${label}: ${noDocument}`);
  if (part.content.length === 0) return void gathered.skipped.push(`${label}: empty`);

  const mediaType = await sniffMediaType(part.content, part.contentType);
  if (mediaType.startsWith('image/') && isEmbedded(part) && !(await looksLikeDocument(part.content))) {
    return void gathered.skipped.push(`${label}: a picture too small or too narrow to be a document`);
  }
  if (gathered.files.length >= MAX_FILES) throw new Unacceptable('too-many-files', `more than ${MAX_FILES} files`);
  const name = given ?? `attachment-${gathered.files.length + 1}${ENDINGS.get(mediaType) ?? ''}`;
  gathered.files.push({ name: uniqueName(name, gathered.names), mediaType, bytes: part.content });
}

/** A picture that belongs to the text, not one that the sender attached. */
function isEmbedded(part: Attachment): boolean {
  return part.contentDisposition !== 'attachment' && (part.related === true || part.contentDisposition === 'inline');
}
