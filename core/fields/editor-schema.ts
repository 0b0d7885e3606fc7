import { z } from 'zod';
import { FieldsFile } from './field.ts';

/** The JSON Schema of files of fields, from which editors complete and check while typing. Draft 7 is what they know best. */
export function fieldsSchema(): object {
  return { title: 'Fields that people fill in', ...z.toJSONSchema(FieldsFile, { target: 'draft-7', io: 'input' }) };
}
