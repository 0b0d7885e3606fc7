import { FIELDS_FILE, fieldsBeside } from '../../../core/fields/load.ts';
import type { FieldsFile } from '../../../core/fields/field.ts';
import { FORM_SUBMITTED, formSource } from '../../../core/model/submission.ts';
import { matchesFilter } from '../../../core/events/event-filter.ts';
import type { WorkflowDefinition } from '../../../core/language/types.ts';
import type { Definitions, Deployed } from '../../../store/definitions.ts';

/** A form that can be handed in, with the definition that it starts. */
export type StartForm = { department: string; form: string; fields: FieldsFile };

/**
 * The start forms that are deployed: `fields/<form>.yaml` beside a definition whose schedule takes the event
 * `form.submitted` of that form (docs/decisions/0151-start-forms.md). One whose file is faulty is none.
 */
export async function startForms(definitions: Pick<Definitions, 'current'>): Promise<StartForm[]> {
  return (await definitions.current()).flatMap(formsOf);
}

export async function findForm(
  definitions: Pick<Definitions, 'current'>,
  department: string,
  form: string,
): Promise<StartForm | undefined> {
  const deployed = (await definitions.current()).filter(({ namespace }) => namespace === department);
  return deployed.flatMap(formsOf).find((candidate) => candidate.form === form);
}

function formsOf({ namespace, definition, files }: Deployed): StartForm[] {
  const { schedule } = definition as WorkflowDefinition;
  const on = schedule?.on;
  const filters = on === undefined ? [] : 'one' in on ? [on.one] : 'any' in on ? on.any : on.all;
  return Object.keys(files).flatMap((path) => {
    const [, form] = FIELDS_FILE.exec(path) ?? [];
    if (form === undefined) return [];
    const event = { specversion: '1.0' as const, id: '-', type: FORM_SUBMITTED, source: formSource(namespace, form) };
    // A filter by type alone takes every form there is: it asks for none of its own.
    const asks = filters.some((filter) => filter.with?.['source'] !== undefined && matchesFilter(filter.with, event));
    return asks ? [{ department: namespace, form, fields: fieldsBeside(files, form) }] : [];
  });
}
