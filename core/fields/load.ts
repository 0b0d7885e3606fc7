import { type Finding, pointer } from '../language/finding.ts';
import { checkShape } from '../language/shape/check.ts';
import { readYaml } from '../language/yaml/read.ts';
import { businessException } from '../model/problem.ts';
import { FieldsFile } from './field.ts';
import { faultsOf } from './names.ts';

/** A file of fields beside a definition: its name is the group. */
export const FIELDS_FILE = /^fields\/([^/]+)\.ya?ml$/;

/** Checks a file of fields offline: YAML, shape, names and conditions, each finding with line and column. */
export function checkFields(text: string, file: string): { fields?: FieldsFile; findings: Finding[] } {
  const { source, value, findings: unread } = readYaml(text, file);
  if (unread.length > 0) return { findings: unread };
  const { data: fields, findings: misshapen } = checkShape(FieldsFile, value, source);
  if (!fields)
    return { findings: misshapen.map((finding) => ({ ...finding, rule: finding.rule.replace('dsl/', 'fields/') })) };
  const findings = faultsOf(fields).map(({ path, message, hint }): Finding => {
    const at = pointer(path);
    return { file, ...source.locate(at), severity: 'error', rule: 'fields/names', message, hint, path: at };
  });
  return findings.length === 0 ? { fields, findings } : { findings };
}

/**
 * The fields of that name beside a deployed definition.
 * @throws a business exception where there are none, or where they are faulty.
 */
export function fieldsBeside(files: Readonly<Record<string, string>>, name: string): FieldsFile {
  const path = Object.keys(files).find((candidate) => FIELDS_FILE.exec(candidate)?.[1] === name);
  if (path === undefined) {
    throw businessException('no-fields', `there is no file fields/${name}.yaml beside the definition`);
  }
  const { fields, findings } = checkFields(files[path] ?? '', path);
  if (fields) return fields;
  const [first] = findings;
  throw businessException('wrong-fields', `${path}:${first?.line}:${first?.column} ${first?.message}`);
}
