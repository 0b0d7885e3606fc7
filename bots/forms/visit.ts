import type { Field } from '../../core/forms/field.ts';
import { LOCATOR_KINDS } from '../../core/forms/field.ts';
import type { FormDefinition } from '../../core/forms/form.ts';
import { committed } from '../../core/forms/step.ts';
import type { Step } from '../../core/forms/step.ts';
import type { FileContent } from '../../core/model/artefact.ts';
import { beginAgain, pictureOf } from './begin.ts';
import type { Kept } from './begin.ts';
import type { Drift } from './proof/drift.ts';
import { followMenu } from './steps/menu.ts';
import type { Job } from './job.ts';
import { offeredInWords, queryOf, resolveField } from './page/find-field.ts';
import type { Want } from './page/in-page.ts';
import type { Screen } from './page/screen.ts';
import type { Progress } from './progress.ts';
import { dependsOnValues, placeIn } from './steps/recognise.ts';
import type { FormRequest } from './request.ts';
import { openPage } from './steps/steps.ts';
import { Values } from './values/values.ts';

/**
 * What a visit can tell of a field. `unseen`: its page is reached only by filling and pressing, or its ways depend on
 * values; a rehearsal with data tells.
 */
export type FieldState = { field: string; state: 'holds' | 'drifted' | 'missing' | 'unclear' | 'unseen'; why: string };
export type Visit = { fields: FieldState[]; proof: FileContent[]; drift: Drift[] };

/** A page that has been loaded may still be building itself by scripts for so long. */
const STILL_BUILDING_MS = 2_000;

type Wanted = { field: string; want: Want };

/**
 * Visits the target read-only: logs in, goes where `open` and `menu` lead, and looks for every field that the steps name
 * before the first press. Nothing is typed but the login, nothing is pressed.
 * @throws ProblemError when the target cannot be reached, refuses the login, or its menu has changed.
 */
export async function visit(screen: Screen, kept: Kept, request: FormRequest, progress: Progress): Promise<Visit> {
  const { form, target } = request;
  const job = await emptyJob(screen, kept, request, progress);
  const states = new Map<string, FieldState>();
  const proof: FileContent[] = [];
  for (const [section, steps] of [
    ['find', form.find?.steps ?? []],
    ['write', form.write],
  ] as const) {
    if (steps.length === 0) continue;
    const here = await beginAgain(job, target);
    const reached = await goAlong(here, steps);
    for (const wanted of reached) note(states, await stateOf(here, wanted));
    proof.push(await pictureOf(request, here, section));
  }
  const login = new Set(form.target.login.flatMap(wantedBy).map(({ field }) => field));
  const whyUnseen = (field: string): string =>
    login.has(field) ? 'part of the login; the visit got in' : 'visible only after filling in or pressing something';
  const fields = Object.keys(form.fields).map(
    (field) => states.get(field) ?? { field, state: 'unseen' as const, why: whyUnseen(field) },
  );
  const drift = fields
    .filter(({ state }) => state === 'drifted')
    .map(({ field, why }) => ({ field, lost: why.split(', ') }));
  return { fields, proof, drift };
}

async function emptyJob(screen: Screen, { memory, codes }: Kept, { form, target }: FormRequest, progress: Progress) {
  const seen = new Map(await memory.open(form));
  const values = Values.ofLogin(form, { row: '1' });
  const common = { screen, progress, values, memory, codes, seen, base: target.url, loggingIn: false };
  return {
    ...common,
    drift: new Map(),
    tables: new Map(),
    files: [],
    presses: { before: never, undone: never, after: () => undefined },
  };
}

const never = (): Promise<void> => Promise.reject(new Error('a visit presses nothing that lasts'));

/** Goes on until something would have to be pressed; the fields named on the way to there. */
async function goAlong(job: Job, steps: readonly Step[]): Promise<Wanted[]> {
  const wanted: Wanted[] = [];
  for (const step of steps) {
    if (step.open !== undefined && !dependsOnValues(step.open)) await openPage(job, step.open);
    else if (step.menu !== undefined && !dependsOnValues(step.menu)) await followMenu(job, step.menu);
    else {
      wanted.push(...wantedBy(step));
      if (step.press !== undefined || step.commit !== undefined || step.open !== undefined) break;
    }
  }
  return wanted;
}

/** Fields of a step, those of nested steps included as long as nothing is pressed there. */
function wantedBy(step: Step): Wanted[] {
  const byVerb = (names: object | undefined, want: Want) => Object.keys(names ?? {}).map((field) => ({ field, want }));
  const nested = [...(step.when?.do ?? []), ...(step.repeat?.do ?? [])];
  const pressed = [step.press, step.commit && committed(step.commit)].filter((field) => field !== undefined);
  return [
    ...byVerb(step.fill, 'fill'),
    ...byVerb(step.choose, 'choose'),
    ...byVerb(step.tick, 'tick'),
    ...byVerb(step.check, 'read'),
    ...Object.values(step.read ?? {}).map((field) => ({ field, want: 'read' as const })),
    ...pressed.map((field) => ({ field, want: 'press' as const })),
    ...nested.flatMap(wantedBy),
  ];
}

async function stateOf(job: Job, { field: name, want }: Wanted): Promise<FieldState> {
  const { form } = job.screen;
  const field = form.fields[name];
  if (!field || needsValues(form, field)) return { field: name, state: 'unseen', why: 'its ways depend on values' };
  job.progress.note(`look for ${name}`);
  const query = queryOf(form, field, want, job.values);
  const resolve = () =>
    resolveField(job.screen, { field, query, placeIn: (frame) => placeIn(job, name, field, frame) });
  let last = await resolve();
  const settled = async (): Promise<true | undefined> => {
    last = await resolve();
    return last.state === 'found' && last.lost.length === 0 ? true : undefined;
  };
  await job.screen.until(job.progress, settled, STILL_BUILDING_MS);
  const ways = query.ways.map(({ kind, text }) => `${kind} "${text}"`).join(', ');
  if (last.state === 'absent') {
    const why = `nothing is found by ${ways}${await offeredInWords(job.screen, want)}`;
    return { field: name, state: 'missing', why };
  }
  if (last.state === 'unclear') return { field: name, state: 'unclear', why: last.why };
  return last.lost.length > 0
    ? { field: name, state: 'drifted', why: last.lost.join(', ') }
    : { field: name, state: 'holds', why: ways };
}

/** The same field may be named twice; the better news stays, as it may be hidden the other time. */
function note(states: Map<string, FieldState>, state: FieldState): void {
  const order = ['holds', 'drifted', 'unclear', 'missing', 'unseen'];
  const before = states.get(state.field);
  if (!before || order.indexOf(state.state) < order.indexOf(before.state)) states.set(state.field, state);
}

const needsValues = (form: FormDefinition, field: Field): boolean =>
  [...LOCATOR_KINDS, 'row' as const].some((kind) =>
    [field[kind] ?? []].flat().some((text) => dependsOnValues(text) || needsValuesOf(form, kind, text)),
  );

const needsValuesOf = (form: FormDefinition, kind: string, text: string): boolean =>
  (kind === 'after' || kind === 'before') && needsValues(form, form.fields[text] ?? {});
