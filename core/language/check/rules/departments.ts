import { createBorders } from '../../../departments/borders.ts';
import { usesOf } from '../../../departments/definition-uses.ts';
import type { Finding } from '../../finding.ts';
import { type Context, tellAt } from '../context.ts';

/**
 * What belongs to other departments, as the settings say. An error: a run would be refused there, and what it has done
 * before would stay half done. Says nothing where the settings are not known.
 */
export function checkDepartments(context: Context): Finding[] {
  const { names, loaded, files } = context;
  if (!names) return [];
  const { namespace } = loaded.definition.document;
  const borders = createBorders(names);
  return usesOf(loaded.definition, files).flatMap(({ path, ...use }) => {
    const message = borders.refusal(namespace, use);
    const hint = 'Use what belongs to this department, or ask the operator to change departments in zaplecze.yaml';
    return message === undefined ? [] : [tellAt(context, path, { rule: 'department/use', message, hint })];
  });
}
