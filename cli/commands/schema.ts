import { editorSchema } from '../../core/language/editor-schema.ts';
import { formSchema } from '../../core/forms/editor-schema.ts';
import { fieldsSchema } from '../../core/fields/editor-schema.ts';
import { EXIT, type Io } from '../io.ts';

/**
 * `zaplecze schema`: prints the JSON Schema of definitions, for editors. The repository's own copy is made with
 * `npm run -s zaplecze -- schema > definitions/schema.json`; that of form files with `--form`, in
 * `definitions/form.schema.json`; that of files of fields with `--fields`, in `definitions/fields.schema.json`.
 */
export function runSchema(options: { form?: boolean; fields?: boolean }, io: Io): Promise<number> {
  const schema = options.form ? formSchema() : options.fields ? fieldsSchema() : editorSchema();
  io.out(JSON.stringify(schema, null, 2));
  return Promise.resolve(EXIT.ok);
}
