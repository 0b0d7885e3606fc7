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
