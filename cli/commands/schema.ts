import { editorSchema } from '../../definitions/language/editor-schema.ts';
import { EXIT, type Io } from '../io.ts';

/**
 * `zaplecze schema`: prints the JSON Schema of definitions, for editors. The repository's own copy is made with
 * `npm run -s zaplecze -- schema > definitions/schema.json`.
 */
export function runSchema(_options: object, io: Io): Promise<number> {
  io.out(JSON.stringify(editorSchema(), null, 2));
  return Promise.resolve(EXIT.ok);
}
