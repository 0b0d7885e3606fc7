import { availableParallelism } from 'node:os';
import type { FileContent } from '../../core/model/artefact.ts';
import { BOUNDS } from './bounds.ts';
import { classifyFile, type Classified } from './kinds/classify-file.ts';
import { detectFormat, type Format } from './formats/detect.ts';
import { throwIfAborted } from './failure.ts';
import { createOcrPool } from './ocr/pool.ts';
import { requireSecondReader } from './ocr/second/files.ts';
import { createSecondReader } from './ocr/second/second-reader.ts';
import { readImageFile } from './formats/read-image.ts';
import { readPdfFile } from './formats/read-pdf.ts';
import { readXmlFile } from './formats/read-xml.ts';
import type { ReadContext, ReaderParts, ReadResult } from './reading.ts';

export type DocumentReader = {
  /**
   * Reads one document: e-invoice XML, PDF (with attached XML, with text, or scanned), photo or scan.
   * Throws `unreadable-document` (a business exception) for what cannot be read, an application exception `timeout`
   * when the signal fires. Never hangs: every step is bounded by `bounds.ts`.
   */
  read(file: FileContent, context?: ReadContext): Promise<ReadResult>;
  /** Tells what a document is, at the cost of one page at most. Throws as `read` does. */
  classify(file: FileContent, context?: ReadContext): Promise<Classified>;
  /** Ends the recognisers. */
  close(): Promise<void>;
};

export type ReaderOptions = {
  /** Recognisers at the same time; each takes a core and some 200 MB. Default: half of the cores. */
  workers?: number;
  /** Folder in which the recogniser's language data are gathered. Default: one in the system's temporary folder. */
  tessdataCache?: string;
  /** Folder of the second reader, which is asked where the first is unsure. Default: none. */
  secondReader?: string;
};

/**
 * A reader; starts no recogniser before the first scan. Throws an application exception `configuration` where a second
 * reader is wanted and its files are missing.
 */
export function createDocumentReader(options: ReaderOptions = {}): DocumentReader {
  const workers = options.workers ?? Math.max(1, Math.floor(availableParallelism() / 2));
  const pool = createOcrPool(workers, options.tessdataCache);
  const folder = options.secondReader;
  if (folder !== undefined) requireSecondReader(folder);
  const second = folder === undefined ? undefined : createSecondReader({ folder, threads: workers });
  return {
    read: (file, context = {}) => readDocument(file, context, { pool, second }),
    classify: async (file, context = {}) => {
      const { format, bounded } = begin(file, context);
      return classifyFile(file, format, bounded, { pool, second });
    },
    close: async () => {
      await pool.close();
      await second?.close();
    },
  };
}

/** The format of a file, and a context with the deadline of one document. */
function begin(file: FileContent, context: ReadContext): { format: Format; bounded: ReadContext } {
  const deadline = AbortSignal.timeout(BOUNDS.documentMs);
  const signal = context.signal ? AbortSignal.any([context.signal, deadline]) : deadline;
  throwIfAborted(signal, file.name);
  const format = detectFormat(file);
  context.onProgress?.(`${file.name}: ${format}`);
  return { format, bounded: { ...context, signal } };
}

async function readDocument(file: FileContent, context: ReadContext, parts: ReaderParts): Promise<ReadResult> {
  const { format, bounded } = begin(file, context);
  if (format === 'xml') return readXmlFile(file);
  return format === 'pdf' ? readPdfFile(file, bounded, parts) : readImageFile(file, bounded, parts);
}
