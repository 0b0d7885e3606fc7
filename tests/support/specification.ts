import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const shared = process.env['ZAPLECZE_SHARED'] ?? join(import.meta.dirname, '../../../shared');

/** The specification's schema, examples and invalid documents, which are not part of the project. */
export const SPECIFICATION = join(shared, 'open-workflow');

/** Tests that read the specification skip where it is absent, and say so by this name. */
export const specificationAbsent = !existsSync(SPECIFICATION);

/** Documents of one folder of the specification by name; none where it is absent. */
export function specificationFiles(folder: 'examples' | 'invalid'): { name: string; text: string }[] {
  if (specificationAbsent) return [];
  const path = join(SPECIFICATION, folder);
  return readdirSync(path).map((name) => ({ name, text: readFileSync(join(path, name), 'utf8') }));
}
