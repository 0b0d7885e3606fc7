import { z } from 'zod';
import { FormDefinition } from './form.ts';

/** The JSON Schema of form files, from which editors complete and check while typing. Draft 7 is what they know best. */
export function formSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(FormDefinition, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return { ...schema, title: 'Form file: how a bot fills one form of one application' };
}
