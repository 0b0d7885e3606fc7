import type { ConfirmSection, FindSection } from '../../../core/forms/form.ts';
import { isResolved, notConfirmed } from '../../../core/model/effect.ts';
import { applicationException, businessException } from '../../../core/model/problem.ts';
import { beginAgain, jobOf, pictureOf, withDrift } from '../begin.ts';
import type { Kept } from '../begin.ts';
import { FormProblem } from '../errors.ts';
import { isSeen } from '../job.ts';
import type { Job } from '../job.ts';
import { look, shows, verify } from './look.ts';
import type { FoundRecord, Look } from './look.ts';
import { isProvedAbsent, Press, settlesMs, stagesOf } from './once.ts';
import type { Stage } from './once.ts';
import type { Screen } from '../page/screen.ts';
import type { Progress } from '../progress.ts';
import type { FormRequest, FormResult } from '../request.ts';
import { doSteps } from '../steps/steps.ts';

/** Between two looks for a record that a server may still be writing. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Look, write, read back, prove. Each part begins at the start page, the safe point. Whatever happens in between, running
 * this again is safe: it looks first, and after a press that may have counted it presses again only on proof that it has
 * not.
 */
export async function writeOnce(
  screen: Screen,
  kept: Kept,
  request: FormRequest,
  progress: Progress,
): Promise<FormResult> {
  const { form, target } = request;
  const { find, confirm } = form;
  if (!find || !confirm) {
    const job = await jobOf(screen, kept, request, progress, NO_PRESS);
    const only = await beginAgain(job, target);
    await doSteps(only, form.write);
    const done = [await pictureOf(request, only, 'done')];
    return { outcome: 'written', readBack: {}, ...tablesOf(only), ...withDrift(only, done) };
  }
  return new Writing({ find, confirm, screen, kept, request, progress }).run();
}

/** A form that changes nothing has no press that must be noted. */
const NO_PRESS = { before: () => Promise.resolve(), undone: () => Promise.resolve(), after: () => undefined };

type Parts = {
  find: FindSection;
  confirm: ConfirmSection;
  screen: Screen;
  kept: Kept;
  request: FormRequest;
  progress: Progress;
};

/** What a look came to: the record, and how far its lasting presses have come; -1 where there is none. */
type Seen = { job: Job; look: Look; reached: number };

class Writing {
  readonly #parts: Parts;
  readonly #stages: readonly Stage[];
  readonly #presses: readonly Press[];
  /** Which lasting press comes next. */
  #next = 0;

  constructor(parts: Parts) {
    const { form, target, key } = parts.request;
    this.#parts = parts;
    this.#stages = stagesOf(form);
    this.#presses = this.#stages.map(
      (_, i) => new Press(parts.kept.effects, [target.url, form.form, key, ...(i === 0 ? [] : [String(i)])]),
    );
  }

  async run(): Promise<FormResult> {
    const { screen, kept, request, progress } = this.#parts;
    const job = await jobOf(screen, kept, request, progress, {
      before: async () => void (await this.#press(this.#next).begin()),
      undone: () => this.#press(this.#next).clear(),
      after: () => void (this.#next = Math.min(this.#next + 1, this.#last)),
    });
    const begin = (): Promise<Job> => beginAgain(job, request.target);
    const before = await this.#lookBefore(begin);
    if ('outcome' in before) return before;
    const writing = await this.#write(begin, before);
    return this.#proveWritten(begin, writing);
  }

  get #last(): number {
    return this.#stages.length - 1;
  }

  #press(at: number): Press {
    const press = this.#presses[at];
    if (!press) throw new Error(`there is no lasting press ${at}`);
    return press;
  }

  /** Looks for what is there already, the longer where an earlier attempt may have pressed. The result where it is done. */
  async #lookBefore(begin: () => Promise<Job>): Promise<Seen | FormResult> {
    const { find, screen, request } = this.#parts;
    const notes = await Promise.all(this.#presses.map((press) => press.pending()));
    const pressed = notes.findLastIndex((noted) => noted !== undefined);
    const noted = notes[pressed];
    const wait = noted ? Date.parse(noted.since) + Math.max(screen.patienceMs, settlesMs(find)) - Date.now() : 0;
    const seen = await this.#lookFor(begin, wait, pressed < 0 ? this.#last : pressed);
    if (seen.reached === this.#last && seen.look.found) return this.#prove(seen.job, seen.look.found, 'already-there');
    if (!noted || seen.reached >= pressed) return seen;
    const { resolved } = request.context;
    if (isResolved('there', noted, resolved) && pressed === this.#last) return this.#asSaid(seen, resolved?.record);
    if (!isProvedAbsent(noted, { find, whole: seen.look.whole, resolved, now: Date.now() })) {
      throw notConfirmed(this.#unsure(), noted);
    }
    if (isResolved('none', noted, resolved)) await this.#press(pressed).clear();
    return seen;
  }

  /** A person has confirmed the record that the search does not show. */
  async #asSaid({ job, look: { found } }: Seen, record: string | undefined): Promise<FormResult> {
    await Promise.all(this.#presses.map((press) => press.clear()));
    const number = record ?? found?.record;
    const readBack = found?.readBack ?? {};
    const proof = [await pictureOf(this.#parts.request, job, 'not-found')];
    const told = { outcome: 'written' as const, confirmedBy: 'person' as const, readBack };
    return { ...told, ...(number === undefined ? {} : { record: number }), ...withDrift(job, proof) };
  }

  /** Does the steps that are left. The page that the last press led to is still there afterwards. */
  async #write(begin: () => Promise<Job>, { job, look: { found }, reached }: Seen): Promise<Job> {
    const { form } = this.#parts.request;
    this.#next = reached + 1;
    if (reached < 0 || !found) {
      const fresh = await begin();
      await doSteps(fresh, form.write);
      return fresh;
    }
    const next = this.#stages[this.#next];
    job.values = job.values.with('record', found.record ?? '');
    await doSteps(job, next?.from ?? this.#parts.confirm.steps);
    await doSteps(job, form.write.slice((this.#stages[reached]?.at ?? 0) + 1));
    return job;
  }

  async #proveWritten(begin: () => Promise<Job>, writing: Job): Promise<FormResult> {
    const { find, confirm, screen, progress, request } = this.#parts;
    const { seen } = confirm;
    const said =
      seen === undefined ||
      (await screen.until(progress, async () => ((await isSeen(writing, seen)) ? true : undefined)));
    const pressed = await pictureOf(request, writing, 'pressed');
    const written = await this.#lookFor(begin, Math.max(screen.patienceMs, settlesMs(find)), this.#last);
    if (!written.look.found || written.reached < this.#last) {
      const press = this.#press(this.#last);
      const noted = await press.pending();
      await press.doubt();
      if (noted) throw new FormProblem(notConfirmed(this.#unsure(), noted), [pressed]);
    }
    if (!said || !written.look.found) {
      const what = `${request.form.target.name} has the record, but the confirmation ${JSON.stringify(seen)} did not appear`;
      throw applicationException('runtime', `${what}; the next attempt looks first`, { retryable: true });
    }
    const result = await this.#prove(written.job, written.look.found, 'written');
    return { ...result, proof: [...result.proof, pressed] };
  }

  /** Looks once, and again until the record shows that press or the time is over. */
  async #lookFor(begin: () => Promise<Job>, patienceMs: number, wanted: number): Promise<Seen> {
    const { find } = this.#parts;
    const end = Date.now() + patienceMs;
    for (;;) {
      const job = await begin();
      const seen = await look(job, find);
      const reached = seen.found ? this.#reached(job, seen.found) : -1;
      if (reached >= wanted || Date.now() > end) return { job, look: seen, reached };
      await job.progress.sleep(LOOK_AGAIN_MS);
    }
  }

  /** The last press that the record shows. */
  #reached(job: Job, found: FoundRecord): number {
    const { find } = this.#parts;
    const reached = this.#stages.findLastIndex((stage) => shows(job, find, found, stage.shows));
    if (reached >= 0) return reached;
    const told = JSON.stringify(found.readBack);
    throw businessException('differs-in-target', `the record is there, but shows none of its lasting presses: ${told}`);
  }

  async #prove(job: Job, found: FoundRecord, outcome: FormResult['outcome']): Promise<FormResult> {
    const { request, confirm } = this.#parts;
    const inList = await pictureOf(request, job, 'found');
    const { row: _, ...verified } = await verify(job, confirm, found);
    const opened = confirm.steps.length > 0 ? [await pictureOf(request, job, 'record')] : [];
    await Promise.all(this.#presses.map((press) => press.clear()));
    return { outcome, ...verified, ...tablesOf(job), ...withDrift(job, [inList, ...opened]) };
  }

  #unsure(): string {
    const { form } = this.#parts.request;
    const { target, title } = form;
    const searched = form.find?.pages === undefined ? 'the list that `find` reads' : 'any page of the list';
    return `${target.name} was sent "${title}", but the record is not in ${searched}. Look in ${target.name} by hand: confirm the record, or say that there is none`;
  }
}

const tablesOf = ({ tables }: Job): Pick<FormResult, 'tables'> =>
  tables.size === 0 ? {} : { tables: Object.fromEntries(tables) };
