import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { FormDefinition } from '../../../core/forms/form.ts';
import { tooSlow } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { callInPage } from './inject.ts';
import type { Watch } from './watch.ts';

/** How often the screen is looked at while something is awaited. */
const LOOK_EVERY_MS = 40;
/** How often it is looked whether a press has started anything: most start a round trip at once, or nothing. */
const SETTLE_LOOK_MS = 10;
/** A page counts as settled when nothing has been on its way for so long, whatever its scripts may be up to. */
const QUIET_MS = 120;

/** What a person at this browser sees: all windows and frames of one session, the newest window first. */
export class Screen {
  readonly context: BrowserContext;
  readonly form: FormDefinition;
  readonly watch: Watch;
  /** A field was filled and not left yet. */
  dirty = false;

  constructor(context: BrowserContext, form: FormDefinition, watch: Watch) {
    this.context = context;
    this.form = form;
    this.watch = watch;
  }

  get patienceMs(): number {
    return this.form.target.patience * 1000;
  }

  /** The window in front. */
  get page(): Page {
    const page = this.context.pages().at(-1);
    if (!page) throw new Error('the session has no window');
    return page;
  }

  /** Frames of all windows, the newest window first; only those of that name where one is given. */
  frames(name?: string): Frame[] {
    const all = this.context
      .pages()
      .toReversed()
      .flatMap((page) => page.frames());
    return name === undefined ? all : all.filter((frame) => frame.name() === name);
  }

  /** True when the text can be seen in any frame. */
  async sees(text: string): Promise<boolean> {
    return (await this.seesOf([text])).has(text);
  }

  /** Those of the texts that can be seen in any frame. */
  async seesOf(texts: readonly string[]): Promise<Set<string>> {
    const answers = await Promise.all(this.frames().map((frame) => callInPage(frame, 'seenOf', [...texts])));
    return new Set(answers.flatMap((seen) => seen ?? []));
  }

  /**
   * Waits until the round trip that an action started has ended. Gives those of the texts that can be seen then.
   * Throws what went wrong meanwhile.
   */
  async settle(progress: Progress, texts: readonly string[]): Promise<Set<string>> {
    const start = Date.now();
    let quietSince = start;
    this.watch.newRound();
    for (;;) {
      await progress.sleep(SETTLE_LOOK_MS);
      this.watch.throwTrouble();
      if (this.watch.busy) quietSince = Date.now();
      else if (Date.now() - quietSince >= QUIET_MS) return this.seesOf(texts);
      else {
        const seen = await this.#seenIfIdle(texts);
        if (seen) return seen;
      }
      if (Date.now() - start > this.patienceMs)
        throw tooSlow(`the target's answer (${progress.doing})`, this.form.target.patience);
    }
  }

  /** When every document says that it stays and does nothing by itself soon, and still nothing is on its way. */
  async #seenIfIdle(texts: readonly string[]): Promise<Set<string> | undefined> {
    const answers = await Promise.all(this.frames().map((frame) => callInPage(frame, 'idle', [...texts])));
    this.watch.throwTrouble();
    if (this.watch.busy || !answers.every((answer) => answer?.idle === true)) return undefined;
    return new Set(answers.flatMap((answer) => answer?.seen ?? []));
  }

  /** Looks again and again until `look` gives something. Undefined when patience ends first. */
  async until<T>(
    progress: Progress,
    look: () => Promise<T | undefined>,
    patienceMs = this.patienceMs,
  ): Promise<T | undefined> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const result = await look();
      if (result !== undefined || Date.now() > end) return result;
      this.watch.throwTrouble();
      await progress.sleep(LOOK_EVERY_MS);
    }
  }

  /** Closes pop-up windows that are still open, so that the next look starts from the main one. */
  async closePopups(): Promise<void> {
    for (const page of this.context.pages().slice(1)) await page.close();
  }
}
