import type { z } from 'zod';
import type { documentRead } from '../../definitions/functions/document-read.ts';
import type { FileContent } from '../../definitions/model/artefact.ts';
import type { OcrPool } from './ocr/pool.ts';

/** What `document.read` answers, with page images as bytes instead of stored files. */
export type ReadResult = Omit<z.infer<typeof documentRead.result>, 'file' | 'pages'> & { pages: FileContent[] };

export type ReadContext = {
  /** Deadline and cancellation; honoured within a second, also inside recognition. */
  signal?: AbortSignal;
  /** Called after each step, in words for a log. */
  onProgress?: (note: string) => void;
  /** Tried in turn on an encrypted PDF. */
  passwords?: readonly string[];
};

/** The parts of the bot that the readers of single formats share. */
export type ReaderParts = { pool: OcrPool };
