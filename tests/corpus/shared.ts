import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The evaluation corpus lies beside the checkout, or where ZAPLECZE_SHARED says; it is not part of the project. */
export const corpus = (...path: string[]): string =>
  join(resolve(process.env['ZAPLECZE_SHARED'] ?? join(import.meta.dirname, '../../../shared')), 'corpus', ...path);

/** False where the corpus is absent; its tests are then skipped, and say so. */
export const hasCorpus = existsSync(corpus());
if (!hasCorpus) console.warn(`skipped: no evaluation corpus at ${corpus()}`);
