import { LOCATOR_KINDS } from './field.ts';
import type { FormDefinition, Parameter } from './form.ts';
import { committed, STEP_VERBS } from './step.ts';
import type { Step } from './step.ts';
import { parseTemplate } from './template.ts';

/** A fault in what a form refers to; `path` leads to the place in the file. */
export type NameFault = { path: (string | number)[]; what: string; mend: string };

type Path = (string | number)[];
type Scope = { known: Map<string, Parameter | undefined>; form: FormDefinition; faults: NameFault[] };

const LOGIN_VALUES = ['user', 'password', 'code'];

/** Every field, value and code table that a form refers to but does not have, and every misplaced `commit`. */
export function checkNames(form: FormDefinition): NameFault[] {
  const faults: NameFault[] = [];
  const known = new Map<string, Parameter | undefined>(Object.entries(form.parameters));
  const scope: Scope = { known, form, faults };
  const login: Scope = { ...scope, known: new Map(LOGIN_VALUES.map((name) => [name, undefined])) };
  checkSteps(form.target.login, ['target', 'login'], login);
  checkTemplates({ start: form.target.start }, ['target'], { ...scope, known: new Map([['user', undefined]]) });
  for (const [index, { because }] of form.target.errors.entries()) {
    checkTemplates({ because }, ['target', 'errors', index], scope);
  }
  if (form.find) {
    const inFind = { ...scope, known: new Map(known) };
    checkSteps(form.find.steps, ['find', 'steps'], inFind);
    checkTemplates(form.find.match, ['find', 'match'], inFind);
    checkTemplates(form.find.same, ['find', 'same'], inFind);
    checkColumns(form, faults);
    if (form.find.next !== undefined) checkField(form.find.next, ['find', 'next'], inFind);
  }
  checkSteps(form.write, ['write'], { ...scope, known: new Map(known) });
  if (form.confirm) {
    const after = { ...scope, known: new Map([...known, ['record', undefined] as const]) };
    checkSteps(form.confirm.steps, ['confirm', 'steps'], after);
    checkTemplates(form.confirm.same, ['confirm', 'same'], after);
    for (const name of Object.keys(form.confirm.same)) checkField(name, ['confirm', 'same', name], scope);
  }
  checkCommit(form, faults);
  return faults;
}

function checkColumns(form: FormDefinition, faults: NameFault[]): void {
  const { table = {}, match = {}, same = {}, record } = form.find ?? {};
  const mend = `the columns are ${Object.keys(table).join(', ')}`;
  for (const [part, names] of Object.entries({ match: Object.keys(match), same: Object.keys(same) })) {
    for (const name of names) {
      if (!(name in table)) faults.push({ path: ['find', part, name], what: `no column "${name}" under table`, mend });
    }
  }
  if (record !== undefined && !(record in table)) {
    faults.push({ path: ['find', 'record'], what: `no column "${record}" under table`, mend });
  }
}

function checkCommit(form: FormDefinition, faults: NameFault[]): void {
  const all = (steps: readonly Step[]): NonNullable<Step['commit']>[] =>
    steps.flatMap((s) => [...(s.commit ? [s.commit] : []), ...all(s.when?.do ?? []), ...all(s.repeat?.do ?? [])]);
  const found = all(form.write);
  if ((found.length === 0) !== (form.effect === 'none')) {
    faults.push({
      path: ['write'],
      what: `\`write\` has ${found.length} \`commit\` steps; a form with effect ${form.effect} has ${form.effect === 'none' ? 'none' : 'at least one'}`,
      mend: 'use `commit` for each press that cannot be taken back, `press` for all others',
    });
  }
  if (found.length > 1) checkLastingPresses(form, faults);
  const elsewhere = [...form.target.login, ...(form.find?.steps ?? []), ...(form.confirm?.steps ?? [])];
  if (all(elsewhere).length > 0) {
    faults.push({ path: ['find'], what: '`commit` outside of `write`', mend: 'only `write` may change the target' });
  }
}

/** After a crash between two lasting presses the list must say which of them have happened. */
function checkLastingPresses(form: FormDefinition, faults: NameFault[]): void {
  const columns = Object.keys(form.find?.table ?? {});
  for (const [index, { commit, when, repeat }] of form.write.entries()) {
    const path = ['write', index];
    if (when ?? repeat) {
      const nested = [...(when?.do ?? []), ...(repeat?.do ?? [])].some((step) => step.commit !== undefined);
      const mend = 'put each of several `commit` steps directly under `write`';
      if (nested) faults.push({ path, what: 'one of several `commit` steps depends on something', mend });
    }
    if (typeof commit === 'string') {
      const mend = `write { press: ${commit}, shows: { status: … } } with a column of \`find\` that tells them apart`;
      faults.push({
        path: [...path, 'commit'],
        what: 'one of several `commit` steps does not say what it shows',
        mend,
      });
    }
    const unknown = typeof commit === 'object' ? Object.keys(commit.shows).filter((n) => !columns.includes(n)) : [];
    for (const name of unknown) {
      const mend = `the columns are ${columns.join(', ')}`;
      faults.push({ path: [...path, 'commit', 'shows', name], what: `no column "${name}" under find/table`, mend });
    }
  }
}

function checkSteps(steps: readonly Step[], path: Path, scope: Scope): void {
  for (const [index, step] of steps.entries()) checkStep(step, [...path, index], scope);
}

function checkStep(step: Step, path: Path, scope: Scope): void {
  if (Object.keys(step).length !== 1) {
    const what = `a step has exactly one verb, this one has ${Object.keys(step).length}`;
    scope.faults.push({ path, what, mend: `one of ${STEP_VERBS.join(', ')}; begin the next step with "-"` });
  }
  for (const verb of ['open', 'menu'] as const) {
    const text = step[verb];
    if (text !== undefined) checkTemplates({ [verb]: text }, path, scope);
  }
  for (const verb of ['fill', 'choose', 'tick', 'check'] as const) {
    for (const [name, value] of Object.entries(step[verb] ?? {})) {
      checkField(name, [...path, verb, name], scope);
      if (typeof value === 'string') checkTemplates({ [name]: value }, [...path, verb], scope);
    }
  }
  for (const verb of ['press', 'leave', 'hover', 'double', 'scroll'] as const) {
    const name = step[verb];
    if (name !== undefined) checkField(name, [...path, verb], scope);
  }
  if (step.attach !== undefined) checkAttached(step.attach, [...path, 'attach'], scope);
  if (step.commit !== undefined) {
    checkField(committed(step.commit), [...path, 'commit'], scope);
    if (typeof step.commit === 'object') {
      checkTemplates(step.commit.shows, [...path, 'commit', 'shows'], scope);
      const known = new Map([...scope.known, ['record', undefined] as const]);
      checkSteps(step.commit.from ?? [], [...path, 'commit', 'from'], { ...scope, known });
    }
  }
  for (const [value, name] of Object.entries(step.read ?? {})) {
    checkField(name, [...path, 'read', value], scope);
    scope.known.set(value, undefined);
  }
  checkSeen(step['wait for'], [...path, 'wait for'], scope);
  const stop = step['stop if'];
  if (stop) {
    checkSeen(stop.seen, [...path, 'stop if', 'seen'], scope);
    checkTemplates({ because: stop.because }, [...path, 'stop if'], scope);
  }
  checkTables(step, path, scope);
  checkNested(step, path, scope);
}

function checkAttached({ field, file }: NonNullable<Step['attach']>, path: Path, scope: Scope): void {
  checkField(field, [...path, 'field'], scope);
  if (scope.known.get(file)?.type === 'file') return;
  const mend = 'name a parameter of type file';
  scope.faults.push({ path: [...path, 'file'], what: `"${file}" is no file`, mend });
}

/** Tables and files: what they name must be there. */
function checkTables(step: Step, path: Path, scope: Scope): void {
  const { upload, download } = step;
  const field = upload?.field ?? download?.press;
  if (field !== undefined) checkField(field, [...path, upload ? 'upload' : 'download'], scope);
  const file = upload?.file ?? download?.file;
  if (file !== undefined && !(file in scope.form.files)) {
    const mend = 'describe it there: dialect and columns';
    scope.faults.push({
      path: [...path, upload ? 'upload' : 'download', 'file'],
      what: `no file "${file}" under files`,
      mend,
    });
  }
  if (upload && scope.known.get(upload.rows)?.type !== 'list') {
    const mend = 'name a parameter of type list';
    scope.faults.push({ path: [...path, 'upload', 'rows'], what: `"${upload.rows}" is not a list`, mend });
  }
}

function checkNested(step: Step, path: Path, scope: Scope): void {
  if (step.when) {
    const { value, is, seen, do: steps } = step.when;
    checkTemplates({ value, is }, [...path, 'when'], scope);
    checkSeen(seen, [...path, 'when', 'seen'], scope);
    checkSteps(steps, [...path, 'when', 'do'], scope);
  }
  if (step.repeat) {
    const list = scope.known.get(step.repeat.for);
    if (list?.type !== 'list') {
      scope.faults.push({
        path: [...path, 'repeat', 'for'],
        what: `"${step.repeat.for}" is not a list`,
        mend: 'repeat for a parameter of type list',
      });
    }
    const item: Parameter = { type: 'list', optional: false, of: list?.of };
    const known = new Map([...scope.known, [step.repeat.as, item] as const, ['row', undefined] as const]);
    checkSteps(step.repeat.do, [...path, 'repeat', 'do'], { ...scope, known });
  }
}

function checkSeen(seen: Step['wait for'], path: Path, scope: Scope): void {
  if (typeof seen === 'string') checkTemplates({ '': seen }, path.slice(0, -1), scope);
  else if (seen) checkField(seen.field, [...path, 'field'], scope);
}

/** Checks that a field is there, and the values that its locators use where it is used. */
function checkField(name: string, path: Path, scope: Scope): void {
  const field = scope.form.fields[name];
  if (!field) {
    const mend = `the fields are ${Object.keys(scope.form.fields).join(', ')}`;
    scope.faults.push({ path, what: `no field "${name}" under fields`, mend });
    return;
  }
  for (const side of ['after', 'before'] as const) checkAnchor(name, field[side], side, scope);
  for (const kind of [...LOCATOR_KINDS, 'row'] as const) {
    const texts = field[kind] ?? [];
    for (const text of [texts].flat()) checkTemplates({ [kind]: text }, ['fields', name], scope);
  }
}

/** Another field to start from must be there, and be found without a third. */
function checkAnchor(name: string, anchor: string | undefined, side: 'after' | 'before', scope: Scope): void {
  const path = ['fields', name, side];
  const other = anchor === undefined ? undefined : scope.form.fields[anchor];
  if (anchor !== undefined && !other) {
    const mend = `the fields are ${Object.keys(scope.form.fields).join(', ')}`;
    scope.faults.push({ path, what: `no field "${anchor}" under fields`, mend });
  } else if (other && !LOCATOR_KINDS.some((kind) => kind !== 'after' && kind !== 'before' && other[kind])) {
    const mend = `give "${anchor}" a label, a name or another locator`;
    scope.faults.push({ path, what: `"${anchor}" is itself known only by its neighbours`, mend });
  }
}

function checkTemplates(templates: Record<string, string | undefined>, path: Path, scope: Scope): void {
  for (const [key, template] of Object.entries(templates)) {
    if (template === undefined) continue;
    const fault = templateFault(template, scope);
    if (fault) scope.faults.push({ path: key === '' ? path : [...path, key], ...fault });
  }
}

function templateFault(template: string, scope: Scope): { what: string; mend: string } | undefined {
  let parts;
  try {
    parts = parseTemplate(template);
  } catch (error) {
    return { what: (error as SyntaxError).message, mend: 'see docs/forms.md, "Values"' };
  }
  for (const part of parts) {
    if (!('path' in part)) continue;
    const [head = '', member] = part.path;
    if (!scope.known.has(head)) {
      return { what: `nothing is called "${head}" here`, mend: `known here: ${[...scope.known.keys()].join(', ')}` };
    }
    const of = scope.known.get(head)?.of;
    if (member !== undefined && of && !(member in of)) {
      return { what: `"${head}" has no "${member}"`, mend: `it has ${Object.keys(of).join(', ')}` };
    }
    if (part.code !== undefined && !(part.code in scope.form.codes)) {
      return { what: `no code table "${part.code}" under codes`, mend: 'add it, or correct its name' };
    }
  }
  return undefined;
}
