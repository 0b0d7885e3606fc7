/** Every limit of the document bot, each with its reason. Beyond a limit comes a typed error, never a hang or a crash. */
export const BOUNDS = {
  /** Mail servers rarely pass more than 25 MB; a long colour scan stays below this. */
  fileBytes: 50 * 1024 * 1024,
  /** An FA(3) without attachments may have 1 MB; UBL may embed its attachments in base64. */
  xmlBytes: 20 * 1024 * 1024,
  /** The deepest e-invoice syntax (CII) nests about ten levels. */
  xmlDepth: 40,
  /** Ten thousand lines of some thirty elements. */
  xmlElements: 400_000,
  /** A PDF that says it has more pages than this is no invoice; it is refused before any page is opened. */
  pdfPages: 500,
  /** Pages whose text is read for fields: totals of long invoices stand on the last pages, which are always among them. */
  textPages: 60,
  /** Pages that are recognised: the first ones and the last. Each costs seconds. */
  ocrPages: 8,
  /** Page images kept for people. */
  pageImages: 5,
  /** Width of a page image for people: A4 at 190 dpi, readable and some 200 KB. */
  pageImageWidth: 1600,
  /** A0 at 300 dpi is 139 million pixels; decompression bombs have more. */
  imagePixels: 150_000_000,
  /** Height of text in tesseract's training is met by A4 at about 280 dpi: measured best long side. */
  ocrLongSide: 3300,
  /** Dots of the small pictures that tell text that is seen from text that is not: A4 at 1.5 dots a point has 1.1 million. */
  inkPixels: 4_000_000,
  /** Attached files of a PDF that are looked at for an e-invoice. */
  attachments: 20,
  /** PDFs in a PDF that are read where it is a cover: a mail has rarely more attachments. */
  innerPdfs: 10,
  /** Words of one page; a page of dense small print has some 2,000. */
  pageWords: 20_000,
  /** A PDF thread that has not answered by then is ended: its document is unreadable. Nothing honest takes so long. */
  pdfMs: 60_000,
  /** Heap of the PDF thread: the largest real invoice measured took 150 MB. */
  pdfHeapMb: 512,
  /**
   * What streams and pictures of a PDF may take unpacked, in the thread's memory outside its heap: a page in colour at
   * 600 dpi takes 140 MB, a decompression bomb has no end.
   */
  pdfUnpackedMb: 384,
  /** How often that is looked at; a thread unpacks some 60 MB a second. */
  pdfWatchMs: 200,
  /** One recognition pass of one page; the slowest measured on two busy cores took 12 s. */
  ocrPassMs: 90_000,
  /** Pictures and models of the second reader lie outside of its heap; words of a page take a few megabytes in it. */
  secondReaderHeapMb: 256,
  /** The second reader's process takes 400 to 650 MB; one that has grown beyond this is ended after its page. */
  secondReaderMb: 900,
  /** Starting the second reader takes under a second, keeping it takes its memory. */
  secondReaderIdleMs: 60_000,
  /** The whole of one document, below the ten minutes of an attempt of document.read. */
  documentMs: 8 * 60_000,
} as const;
