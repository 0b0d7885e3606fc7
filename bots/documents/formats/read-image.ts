import type { FileContent } from '../../../core/model/artefact.ts';
import { BOUNDS } from '../bounds.ts';
import { unreadable } from '../failure.ts';
import { forPeople, imagePages } from '../ocr/prepare.ts';
import { recogniseAndRead } from './read-pages.ts';
import { resultOf, type ReadContext, type ReaderParts, type ReadPart, type ReadResult } from '../reading.ts';

/** Reads a photo or a scan; a TIFF may have several pages. */
export async function readImageFile(file: FileContent, context: ReadContext, parts: ReaderParts): Promise<ReadResult> {
  const count = await imagePages(file.bytes, file.name);
  if (count < 1) throw unreadable('no-pages', file.name, 'the image has no pages');
  const images = Array.from({ length: Math.min(count, BOUNDS.ocrPages) }, (_, page) => ({
    bytes: file.bytes,
    number: page + 1,
    page,
  }));
  const found: ReadPart[] = [];
  for (const { part, seen } of await recogniseAndRead(images, file, context, parts)) {
    const pages: FileContent[] = [];
    for (const { image, recognised } of seen.slice(0, BOUNDS.pageImages)) {
      const png = await forPeople(file.bytes, file.name, recognised.rotation, image.page);
      pages.push(pageImage(file.name, image.number, png));
    }
    found.push({ ...part, pages });
  }
  return resultOf(found, file);
}

/** A page image under a name that people recognise: "scan.pdf, page 2" is scan-page-2.png. */
export function pageImage(name: string, number: number, bytes: Uint8Array): FileContent {
  return { name: `${name.replace(/\.[^.]{1,5}$/, '')}-page-${number}.png`, mediaType: 'image/png', bytes };
}
