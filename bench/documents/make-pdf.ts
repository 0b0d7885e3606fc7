import type { FileContent } from '../../core/model/artefact.ts';

/** A PDF from its objects, without a table of references: readers rebuild it. For tests only. */
export function pdfOf(objects: readonly (string | Buffer)[]): Buffer {
  const bodies = objects.map((body, index) =>
    Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]),
  );
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...bodies, Buffer.from('trailer\n<< /Root 1 0 R >>\n%%EOF\n')]);
}

/** The first object of a PDF whose second is its tree of pages. */
export const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';

/** A page of that tree, with more entries. */
export const emptyPage = (rest: string): string => `<< /Type /Page /Parent 2 0 R /Resources << >> ${rest} >>`;

const A4 = { width: 595, height: 842 };

/** Operators that show a text, points from the top left corner of an A4 page. Latin-1. */
export const textAt = (x: number, y: number, text: string, size = 10): string =>
  `BT /F ${size} Tf ${x} ${A4.height - y} Td (${text.replaceAll(/[()\\]/g, '\\$&')}) Tj ET`;

/**
 * An A4 page drawn by these operators. It may use the font F, the state Clear (no opacity), the layer Layer and the
 * picture Im (a white dot); object 9 is an annotation that covers the top of the page. `catalog` and `page` add entries.
 */
export function drawnPdf(content: string, extra: { catalog?: string; page?: string } = {}): FileContent {
  const resources =
    '<< /Font << /F 5 0 R >> /ExtGState << /Clear 6 0 R >> /Properties << /Layer 7 0 R >> /XObject << /Im 8 0 R >> >>';
  const bytes = pdfOf([
    `<< /Type /Catalog /Pages 2 0 R ${extra.catalog ?? ''} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${A4.width} ${A4.height}] /Resources ${resources} /Contents 4 0 R ${extra.page ?? ''} >>`,
    stream('', content),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /ExtGState /ca 0 /CA 0 >>',
    '<< /Type /OCG /Name (Layer) >>',
    stream('/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8', '\xff'),
    '<< /Type /Annot /Subtype /Stamp /Rect [40 795 440 820] /F 4 /AP << /N 10 0 R >> >>',
    stream('/Type /XObject /Subtype /Form /BBox [0 0 400 25]', '1 g 0 0 400 25 re f'),
  ]);
  return { name: 'drawn.pdf', mediaType: 'application/pdf', bytes };
}

const stream = (entries: string, content: string): Buffer =>
  Buffer.from(
    `<< ${entries} /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    'latin1',
  );
