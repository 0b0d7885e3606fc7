import { dirname } from 'node:path/posix';
import { checkFields, FIELDS_FILE } from '../../../fields/load.ts';
import { checkForm } from '../../../forms/load.ts';
import { MailTemplate, parseTemplateText } from '../../../messages/mail-template.ts';
import { type Finding, pointer } from '../../finding.ts';
import { checkShape } from '../../shape/check.ts';
import { shortList, suggestion } from '../../suggest.ts';
import { RecordTable } from '../../../model/record-table.ts';
import { readYaml } from '../../yaml/read.ts';
import { type Context, tellAt } from '../context.ts';
import { isExpression } from '../expressions.ts';
import type { Path } from '../walk.ts';

const FORM = /^forms\/([^/]+)\.ya?ml$/;
/** A mail text in one language: `mails/<name>.<language>.yaml`. */
const MAIL = /^mails\/([^/]+)\.([a-z]{2})\.ya?ml$/;

/** A record table of the department. */
const RECORDS = /^records\/([^/]+)\.ya?ml$/;

/** Names of forms, record tables and mail texts that do not lie beside the definition. */
export function checkBeside(context: Context): Finding[] {
  const { files } = context;
  if (!files) return [];
  const paths = Object.keys(files);
  const forms = paths.flatMap((path) => FORM.exec(path)?.[1] ?? []);
  const tables = paths.flatMap((path) => RECORDS.exec(path)?.[1] ?? []);
  const fields = paths.flatMap((path) => FIELDS_FILE.exec(path)?.[1] ?? []);
  const mails = new Map<string, string[]>();
  for (const path of paths) {
    const [, name, language] = MAIL.exec(path) ?? [];
    if (name && language) mails.set(name, [...(mails.get(name) ?? []), language]);
  }
  return context.places.flatMap(({ path, task }) => {
    if (!('call' in task)) return [];
    const given: Readonly<Record<string, unknown>> = { ...task.with };
    if (task.call === 'form.fill' || task.call === 'form.check')
      return missingForm(context, [...path, 'with', 'form'], given['form'], forms);
    if (task.call === 'record.find' || task.call === 'record.put')
      return missingTable(context, [...path, 'with', 'table'], given['table'], tables);
    if (task.call === 'task.ask') return missingFields(context, [...path, 'with', 'fields'], given['fields'], fields);
    if (task.call === 'mail.send') return missingMail(context, [...path, 'with'], given, mails);
    return [];
  });
}

function missingForm(context: Context, path: Path, form: unknown, forms: readonly string[]): Finding[] {
  if (typeof form !== 'string' || isExpression(form) || forms.includes(form)) return [];
  return [tellAt(context, path, noFile(`forms/${form}.yaml`, form, forms))];
}

function missingTable(context: Context, path: Path, table: unknown, tables: readonly string[]): Finding[] {
  if (typeof table !== 'string' || isExpression(table) || tables.includes(table)) return [];
  return [tellAt(context, path, noFile(`records/${table}.yaml`, table, tables))];
}

function missingFields(context: Context, path: Path, name: unknown, fields: readonly string[]): Finding[] {
  if (typeof name !== 'string' || isExpression(name) || fields.includes(name)) return [];
  return [tellAt(context, path, noFile(`fields/${name}.yaml`, name, fields))];
}

function missingMail(
  context: Context,
  path: Path,
  given: Readonly<Record<string, unknown>>,
  mails: ReadonlyMap<string, readonly string[]>,
): Finding[] {
  const { template, language = 'en' } = given;
  if (typeof template !== 'string' || isExpression(template)) return [];
  const languages = mails.get(template);
  const file = `mails/${template}.${isExpression(language) ? '<language>' : String(language)}.yaml`;
  if (!languages) return [tellAt(context, [...path, 'template'], noFile(file, template, [...mails.keys()]))];
  if (typeof language !== 'string' || isExpression(language) || languages.includes(language)) return [];
  const hint = `it is there in: ${shortList(languages)}`;
  return [tellAt(context, [...path, 'template'], { rule: 'reference/file', message: `no file ${file}`, hint })];
}

function noFile(file: string, name: string, names: readonly string[]) {
  const hint = suggestion(name, names) ?? `write the file ${file} beside the definition`;
  return { rule: 'reference/file', message: `no file ${file} beside the definition`, hint };
}

/** Faults inside the forms, fields and mail texts themselves. */
export function checkFiles(context: Context): Finding[] {
  const folder = dirname(context.loaded.source.file);
  return Object.entries(context.files ?? {}).flatMap(([path, text]) => {
    const file = folder === '.' ? path : `${folder}/${path}`;
    if (FORM.test(path)) return formFindings(text, file);
    if (RECORDS.test(path)) return recordFindings(text, file);
    if (FIELDS_FILE.test(path)) return checkFields(text, file).findings;
    return MAIL.test(path) ? mailFindings(text, file) : [];
  });
}

function formFindings(text: string, file: string): Finding[] {
  return checkForm(text, file).findings.map(({ what, mend, ...at }) => {
    return { ...at, severity: 'error', rule: 'form/invalid', message: what, hint: mend, path: '' };
  });
}

function recordFindings(text: string, file: string): Finding[] {
  const { source, value, findings } = readYaml(text, file);
  if (findings.length > 0) return findings;
  return checkShape(RecordTable, value, source).findings.map((finding) => ({
    ...finding,
    rule: finding.rule.replace('dsl/', 'record/'),
  }));
}

function mailFindings(text: string, file: string): Finding[] {
  const { source, value, findings } = readYaml(text, file);
  if (findings.length > 0) return findings;
  const shaped = checkShape(MailTemplate, value, source);
  if (!shaped.data)
    return shaped.findings.map((finding) => ({ ...finding, rule: finding.rule.replace('dsl/', 'mail/') }));
  return Object.entries(shaped.data).flatMap(([part, content]) => {
    try {
      parseTemplateText(content);
      return [];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const path = pointer([part]);
      return [
        { file, ...source.locate(path), severity: 'error', rule: 'mail/placeholder', message: error.message, path },
      ];
    }
  });
}
