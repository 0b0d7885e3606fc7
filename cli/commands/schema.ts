import { editorSchema } from '../../core/language/editor-schema.ts';
import { formSchema } from '../../core/forms/editor-schema.ts';
import { EXIT, type Io } from '../io.ts';

/**
 * `zaplecze schema`: prints the JSON Schema of definitions, for editors. The repository's own copy is made with
 * `npm run -s zaplecze -- schema > definitions/schema.json`; that of form files with `--form`, in
 * `definitions/form.schema.json`.
 */
export function runSchema(options: { form?: boolean }, io: Io): Promise<number> {
  io.out(JSON.stringify(options.form ? formSchema() : editorSchema(), null, 2));
  return Promise.resolve(EXIT.ok);
}
