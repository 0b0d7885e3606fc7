import type { FormDefinition } from '../../../core/forms/form.ts';
import { checkForm } from '../../../core/forms/load.ts';
import type { Step } from '../../../core/forms/step.ts';
import { formatValue } from '../values/formats.ts';
import { guessFormats, recognise, valuesOf } from './example.ts';
import { FieldBook } from './fields.ts';
import { findSection, nothingText } from './find.ts';
import type { Recording, RecordRequest } from './recording.ts';
import { escape, movesOf, stepsOf } from './steps.ts';
import type { Reading } from './steps.ts';
import { writeForm } from './write.ts';

/** The form file that a recording comes to: its text, with a comment wherever a person should look, and the form. */
export function draftOf(
  recording: Recording,
  request: RecordRequest,
): { text: string; form: FormDefinition | undefined } {
  const { example, key } = request;
  const { gestures } = recording;
  const typed = [...gestures.write, ...gestures.find].map(({ value }) => value);
  const formats = guessFormats(typed, example);
  const scalars = valuesOf(example).filter(({ line }) => !line);
  const book = new FieldBook(new Map(scalars.map((v) => [v.name, formatValue(v.text, v.type, formats)])));
  const reading: Reading = { example, formats, book };
  const login = stepsOf(movesOf(gestures.login, { ...reading, login: { user: request.user } })).steps;
  const password = gestures.login.find(({ secret }) => secret);
  const written = stepsOf(movesOf(gestures.write, reading));
  const searched = stepsOf(movesOf(gestures.find, reading)).steps;
  const find = findSection(searched, recording.row, key, example, formats);
  if (find) for (const value of scalars.filter(({ name }) => name in find.table)) book.use({ ...value, also: [] });
  const nothing = nothingText(recording.lines.without, recording.lines.withIt);
  const base = new URL('.', request.url).href;
  const path = (address: string): string =>
    escape(address.startsWith(base) ? address.slice(base.length) || '/' : address);
  const start = path(recording.start.address).replaceAll(encodeURIComponent(request.user), '{user}');
  const lasting = lastingPresses(recording, reading);
  const write = [
    ...asCommits(written.steps, lasting),
    ...checks(recording, reading),
    ...asCommits(commitSteps(recording, reading), lasting),
  ];
  const draft = {
    form: request.form,
    title: request.title,
    target: {
      name: request.target,
      start,
      login: start === path(request.url) ? login : [{ open: path(request.url) }, ...login],
      ...(recording.start.everyTime ? { 'always log in': true } : {}),
      'signed out': { field: password ? book.fieldOf(password, undefined) : '' },
      ...(recording.dialogs.length > 0 ? { dialogs: recording.dialogs } : {}),
    },
    formats,
    parameters: book.parameters,
    fields: book.fields,
    ...(find ? { find: { ...find, ...(nothing === undefined ? {} : { nothing: escape(nothing) }) } } : {}),
    write,
    confirm: { 'find again': true },
  };
  const doubts = [written.doubt, unseen(book.parameters, reading), lasting.size > 0 ? SHOWS : undefined];
  const doubt = doubts.filter((one) => one !== undefined).join('; ');
  const text = writeForm(draft, { notes: book.notes, doubt: doubt === '' ? undefined : doubt });
  return { text, form: checkForm(text, request.form).form };
}

const SHOWS = 'several presses last: say under `shows` which column of `find` tells that each has happened';

/** Fields whose press saved something, as the person said; those that did not are marked harmless. */
function lastingPresses({ gestures }: Recording, { book }: Reading): Set<string> {
  const lasting = new Set<string>();
  for (const gesture of gestures.write.filter(({ sent }) => sent !== undefined)) {
    const field = book.fieldOf(gesture, undefined);
    if (gesture.lasts === false) book.harmless(field);
    else lasting.add(field);
  }
  return lasting;
}

/** Presses that saved something are commits like the last one; each must then say what it shows. */
function asCommits(steps: readonly Step[], lasting: ReadonlySet<string>): Step[] {
  if (lasting.size === 0) return [...steps];
  return steps.map(({ press, commit, ...rest }) => {
    const field = press !== undefined && lasting.has(press) ? press : typeof commit === 'string' ? commit : undefined;
    if (field !== undefined) return { commit: { press: field, shows: { status: '?' } } };
    return { ...(press === undefined ? {} : { press }), ...(commit === undefined ? {} : { commit }), ...rest };
  });
}

/** Values of the example that no gesture has brought: nothing that was given is lost without a word. */
function unseen(parameters: Record<string, unknown>, { example }: Reading): string | undefined {
  const names = Object.keys(example).filter((name) => !(name in parameters));
  return names.length === 0 ? undefined : `not seen while recording: ${names.join(', ')}; how is it entered?`;
}

/** The last gesture of the commit is the press that cannot be taken back; what came before belongs to the entry. */
function commitSteps({ gestures }: Recording, reading: Reading): Step[] {
  const moves = movesOf(gestures.commit, reading);
  const last = moves.findLastIndex(({ verb }) => verb === 'press');
  const { steps } = stepsOf(moves.slice(0, Math.max(last, 0)));
  return [...steps, { commit: moves[last]?.field ?? '' }];
}

/** What the screen shows of the record just before the press, so that the press is left undone when it differs. */
function checks({ shown }: Recording, reading: Reading): Step[] {
  const { book, example, formats } = reading;
  const values = new Map<string, string>();
  const known = new Set(Object.keys(book.fields));
  for (const control of shown) {
    const found = recognise(control, example, formats);
    if (!found || found.line) continue;
    const field = book.fieldOf(control, undefined);
    // A value that a computed field shares with another is no proof, and may be another tomorrow.
    if (found.also.length > 0 && !known.has(field)) book.forget(field);
    else if (found.also.length === 0) {
      book.use(found);
      values.set(field, `{${found.name}}`);
    }
  }
  return values.size > 0 ? [{ check: Object.fromEntries(values) }] : [];
}
