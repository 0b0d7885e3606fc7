import type { z } from 'zod';
import type { documentRead } from '../../core/catalogue/document-read.ts';
import type { FileContent } from '../../core/model/artefact.ts';
import { unreadable } from './failure.ts';
import type { OcrEngine } from './ocr/engine.ts';

/** One document that was read, with page images as bytes instead of stored files. */
export type ReadPart = Omit<z.infer<typeof documentRead.result>, 'file' | 'pages' | 'others'> & {
  pages: FileContent[];
};

/** What `document.read` answers: the first document of a file and those after it. */
export type ReadResult = ReadPart & { others: ReadPart[] };

export type ReadContext = {
  /** Deadline and cancellation; honoured within a second, also inside recognition. */
  signal?: AbortSignal;
  /** Called after each step, in words for a log. */
  onProgress?: (note: string) => void;
  /** Tried in turn on an encrypted PDF. */
  passwords?: readonly string[];
};

/** The parts of the bot that the readers of single formats share. */
export type ReaderParts = { pool: OcrEngine; second: OcrEngine | undefined };

/** The result of a file that holds these documents. A file that could be opened has a page, and so a document. */
export function resultOf([first, ...others]: readonly ReadPart[], file: FileContent): ReadResult {
  if (!first) throw unreadable('no-pages', file.name, 'no page of the file could be read');
  return { ...first, others };
}
