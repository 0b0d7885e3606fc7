import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { applicationException } from '../../../../core/model/problem.ts';

/**
 * What the second reader needs, in one folder: ONNX Runtime and the models that find lines and read them (PP-OCRv6
 * small, Apache-2.0). `installation/tools/second-reader.ts` puts them there; nothing is ever downloaded while reading.
 */
export const SECOND_READER_FILES = {
  runtime: join('node_modules', 'onnxruntime-node', 'package.json'),
  detector: 'PP-OCRv6_det_small.onnx',
  recogniser: 'PP-OCRv6_rec_small.onnx',
} as const;

/** Throws an application exception `configuration`, which names what is missing and the command that mends it. */
export function requireSecondReader(folder: string): void {
  const missing = Object.values(SECOND_READER_FILES)
    .map((file) => join(folder, file))
    .find((path) => !existsSync(path));
  if (missing === undefined) return;
  const detail = `the second reader is switched on, but ${missing} is missing. To fix: npm run setup -- second-reader, or switch it off`;
  throw applicationException('configuration', detail);
}
