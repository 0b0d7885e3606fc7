/** One run of text as the PDF shows it; points from the page's top left corner, already rotated upright. */
export type TextRun = { text: string; x: number; y: number; width: number; height: number };

export type PdfPageText = { width: number; height: number; runs: TextRun[] };
/** Where the text of a page leaves ink on its picture: one byte a dot, row by row, 1 where it does. */
export type PdfPageInk = { scale: number; width: number; height: number; dots: Uint8Array };
export type PdfAttachment = { name: string; bytes: Uint8Array };
export type PdfPageImage = { width: number; height: number; png: Uint8Array };

/** What the PDF thread can be asked for. */
export type PdfRequest =
  | { op: 'open'; bytes: Uint8Array; passwords: string[] }
  | { op: 'text'; page: number }
  | { op: 'ink'; page: number; maxPixels: number }
  | { op: 'image'; page: number; longSide: number; maxPixels: number }
  | { op: 'attachments'; max: number };

export type PdfAnswers = {
  open: { pages: number };
  text: PdfPageText;
  ink: PdfPageInk;
  image: PdfPageImage;
  attachments: PdfAttachment[];
};

export type PdfFailure = 'encrypted' | 'wrong-password' | 'damaged' | 'no-pages';
export type PdfReply = { id: number } & ({ ok: unknown } | { failure: PdfFailure; detail: string });
