import type { FindSection, FormDefinition } from '../../../core/forms/form.ts';
import { secondsOf } from '../../../core/forms/form.ts';
import type { Step } from '../../../core/forms/step.ts';
import { isResolved, type EffectNotes, type Noted, type Resolution } from '../../../core/model/effect.ts';

/**
 * A form is sent once more only on the strength of a form file that says when a record must be in the list. Should it be
 * wrong about that, it ends here: one record too many, never six.
 */
const MAX_PRESSES = 2;

type Commit = NonNullable<Step['commit']>;

/** One lasting press: which step of `write` it is, and what the list shows once it has happened. */
export type Stage = { at: number; shows: Record<string, string>; from?: readonly Step[] | undefined };

/** The lasting presses of a form in their order. One alone may stand anywhere in `write`, and shows in that it is found. */
export function stagesOf(form: FormDefinition): Stage[] {
  const several = form.write.flatMap(({ commit }, at) => (commit === undefined ? [] : [{ at, commit }]));
  if (several.length < 2) return [{ at: form.write.length - 1, shows: {} }];
  return several.map(({ at, commit }) => ({ at, shows: showsOf(commit), from: fromOf(commit) }));
}

const showsOf = (commit: Commit): Record<string, string> => (typeof commit === 'string' ? {} : commit.shows);
const fromOf = (commit: Commit): readonly Step[] | undefined => (typeof commit === 'string' ? undefined : commit.from);

/**
 * True when it is proved that the press that was noted has not counted: a person says so, or the form file says when a
 * record must be in the list, that time is over, the list was read to its end, and it is not there. That a record is
 * not found proves nothing else: lists come in pages, filtered, late.
 */
export function isProvedAbsent(noted: Noted, look: Absence): boolean {
  if (isResolved('none', noted, look.resolved)) return true;
  if (noted.doubted || noted.times >= MAX_PRESSES || look.find.settles === undefined || !look.whole) return false;
  return look.now - Date.parse(noted.since) >= settlesMs(look.find);
}

type Absence = { find: FindSection; whole: boolean; resolved: Resolution | undefined; now: number };

/** How long a record may stay out of the list, as the form file says. */
export const settlesMs = ({ settles }: FindSection): number => (settles === undefined ? 0 : secondsOf(settles) * 1000);

/** What is noted of one press: the form, the record, and which of several presses. */
export class Press {
  readonly #notes: EffectNotes;
  readonly #key: string;

  constructor(notes: EffectNotes, key: readonly string[]) {
    this.#notes = notes;
    this.#key = key.join('\n');
  }

  begin = (): Promise<Noted> => this.#notes.begin(this.#key);
  pending = (): Promise<Noted | undefined> => this.#notes.pending(this.#key);
  doubt = (): Promise<void> => this.#notes.doubt(this.#key);
  clear = (): Promise<void> => this.#notes.clear(this.#key);
}
