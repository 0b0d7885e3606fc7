import type { BrowserContext, Frame, Locator, Page } from 'playwright-core';
import type { Conversation, Phase } from '../../../bots/forms/record/index.ts';

/** How a frame or a window comes up after a press. */
const APPEARS_MS = 10_000;

/** A person with a script: does with mouse and keyboard what each part of a recording asks for. */
export type Script = Record<Phase, (hands: Hands) => Promise<void>>;

export function personWith(script: Script): Conversation {
  return {
    ask: (phase, context, problem) => {
      if (problem !== undefined) throw new Error(`asked again: ${problem}`);
      return script[phase](new Hands(context));
    },
    // What these scripts press before the last press only searches and calculates.
    lasts: () => Promise.resolve(false),
    dialog: () => Promise.resolve('ok'),
  };
}

/** Real input events on whatever window is in front. */
export class Hands {
  readonly #context: BrowserContext;

  constructor(context: BrowserContext) {
    this.#context = context;
  }

  /** Types over what is in a field. */
  async type(css: string, text: string): Promise<void> {
    const field = await this.#find(css);
    await field.click();
    await field.press('ControlOrMeta+A');
    await field.pressSequentially(text);
    await field.press('Tab');
  }

  /** Chooses the option with that label, or the first whose label matches. */
  async choose(css: string, label: string | RegExp): Promise<void> {
    const field = await this.#find(css);
    const labels = await field.locator('option').allTextContents();
    const wanted = labels.find((text) => (typeof label === 'string' ? text.trim() === label : label.test(text.trim())));
    await field.selectOption({ label: wanted?.trim() ?? String(label) });
    await this.#settle();
  }

  async tick(css: string): Promise<void> {
    await (await this.#find(css)).click();
  }

  async press(css: string): Promise<void> {
    const windows = this.#context.pages().length;
    const pressed = await this.#find(css);
    try {
      await pressed.click({ noWaitAfter: true });
    } catch (error) {
      // A window that closes under the click, as pop-ups do, has been clicked.
      if (!pressed.page().isClosed()) throw error;
    }
    await this.#settle();
    if (this.#context.pages().length !== windows) await this.#settle();
  }

  async #find(css: string): Promise<Locator> {
    for (const end = Date.now() + APPEARS_MS; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
      for (const frame of this.#frames()) {
        const found = frame.locator(css).locator('visible=true').first();
        if (await found.isVisible().catch(() => false)) return found;
      }
    }
    throw new Error(`nothing like ${css} on the screen`);
  }

  #frames(): Frame[] {
    const pages: Page[] = this.#context.pages().toReversed();
    return pages.flatMap((page) => page.frames());
  }

  async #settle(): Promise<void> {
    await new Promise((done) => setTimeout(done, 500));
    await Promise.all(this.#context.pages().map((page) => page.waitForLoadState('networkidle').catch(() => undefined)));
  }
}
