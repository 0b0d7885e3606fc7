import type { FileContent } from '../../definitions/model/artefact.ts';
import { BOUNDS } from './bounds.ts';
import { unreadable } from './failure.ts';
import { forPeople, imagePages } from './ocr/prepare.ts';
import { recogniseAndRead } from './read-pages.ts';
import type { ReadContext, ReaderParts, ReadResult } from './reading.ts';

/** Reads a photo or a scan; a TIFF may have several pages. */
export async function readImageFile(file: FileContent, context: ReadContext, parts: ReaderParts): Promise<ReadResult> {
  const count = await imagePages(file.bytes, file.name);
  if (count < 1) throw unreadable('no-pages', file.name, 'the image has no pages');
  const images = Array.from({ length: Math.min(count, BOUNDS.ocrPages) }, (_, page) => ({
    bytes: file.bytes,
    number: page + 1,
    page,
  }));
  const { result, recognised } = await recogniseAndRead(images, file, context, parts);
  const pages: FileContent[] = [];
  for (const [index, { rotation }] of recognised.slice(0, BOUNDS.pageImages).entries()) {
    pages.push(pageImage(file.name, index + 1, await forPeople(file.bytes, file.name, rotation, index)));
  }
  const { read: _read, text: _text, ...rest } = result;
  return { ...rest, pages };
}

/** A page image under a name that people recognise: "scan.pdf, page 2" is scan-page-2.png. */
export function pageImage(name: string, number: number, bytes: Uint8Array): FileContent {
  return { name: `${name.replace(/\.[^.]{1,5}$/, '')}-page-${number}.png`, mediaType: 'image/png', bytes };
}
