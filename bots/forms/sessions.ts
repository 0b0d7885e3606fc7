import { access, constants } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext } from 'playwright-core';
import type { FormDefinition } from '../../definitions/forms/form.ts';
import { applicationException } from '../../definitions/model/problem.ts';
import { CHROMIUM_FLAGS } from './chromium-flags.ts';
import type { TargetLimits } from '../../definitions/settings.ts';
import type { KeptSessions } from './kept-sessions.ts';
import { bounded } from './page/bounded.ts';
import { guardHosts } from './page/guard.ts';
import { injectFinders } from './page/inject.ts';
import { Screen } from './page/screen.ts';
import { Watch } from './page/watch.ts';

/** Wide enough for the tables of legacy applications, so that pictures show whole rows. */
const WINDOW = { width: 1280, height: 900 };
/** Else the library ends the whole process on Ctrl-C, in the middle of our own orderly end. */
const LEAVE_SIGNALS_ALONE = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
/** A browser on a busy machine starts within this, or not at all. */
const LAUNCH_LIMIT_MS = 60_000;

export type BrowserOptions = {
  executablePath: string;
  headless?: boolean | undefined;
  /** Port on 127.0.0.1 through which another program sees and uses the same browser, as an attending person would. */
  debuggingPort?: number | undefined;
};
export type Target = {
  url: string;
  user?: string | undefined;
  password?: string | undefined;
  /** Secret of one-time codes: base32, or an otpauth:// address. */
  totp?: string | undefined;
  /** Name in the settings, and what the target bears: kept by whoever runs several workers. */
  name?: string | undefined;
  limits?: TargetLimits | undefined;
};

/** One browser for all targets, one session (cookies, windows) for each user of each target. */
export class Sessions {
  readonly #options: BrowserOptions;
  #browser: Promise<Browser> | undefined;
  readonly #contexts = new Map<string, BrowserContext>();
  readonly #kept: KeptSessions;

  constructor(options: BrowserOptions, kept: KeptSessions) {
    this.#options = options;
    this.#kept = kept;
  }

  /** The session's screen, with the login of earlier runs where it still holds. `trace` makes it half as fast. */
  async screen(form: FormDefinition, target: Target, trace: boolean): Promise<Screen> {
    const key = sessionKey(target);
    // A context per run of listeners would pile up: the watch belongs to the form, the cookies to the session.
    const old = this.#contexts.get(key);
    const cookies = old ? await old.storageState() : await this.#kept.load(key);
    await old?.close();
    const browser = await this.#launch();
    const context = await browser.newContext({ viewport: WINDOW, ...(cookies ? { storageState: cookies } : {}) });
    this.#contexts.set(key, context);
    await injectFinders(context);
    const watch = new Watch(context, form);
    await guardHosts(context, new Set([new URL(target.url).host, ...form.target.hosts]), watch);
    await context.newPage();
    if (trace) await context.tracing.start({ snapshots: true });
    return new Screen(context, form, watch);
  }

  /** Keeps the login on disk, for the next process. */
  async keep(target: Target): Promise<void> {
    const key = sessionKey(target);
    // A browser that has crashed keeps nothing.
    const state = await bounded(this.#contexts.get(key)?.storageState() ?? Promise.resolve(undefined));
    if (state) await this.#kept.save(key, state);
  }

  /** Forgets a session whose state is not known any more. */
  async drop(target: Target): Promise<void> {
    const key = sessionKey(target);
    const context = this.#contexts.get(key);
    this.#contexts.delete(key);
    await this.#kept.forget(key);
    // A browser that has crashed has closed it already.
    await context?.close().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#contexts.clear();
    const browser = this.#browser;
    this.#browser = undefined;
    await (await browser?.catch(() => undefined))?.close();
  }

  async #launch(): Promise<Browser> {
    const running = await this.#browser?.catch(() => undefined);
    if (running?.isConnected()) return running;
    this.#contexts.clear();
    this.#browser = launch(this.#options);
    return this.#browser;
  }
}

/** What one login belongs to. */
export function sessionKey(target: Target): string {
  return `${target.user ?? ''} ${target.url}`;
}

/** What of a target must never be seen: in pictures, pages, traces. */
export function secretsOf({ password, totp }: Target): string[] {
  return [password ?? '', totp ?? ''].filter((secret) => secret !== '');
}

async function launch({ executablePath, headless = true, debuggingPort }: BrowserOptions): Promise<Browser> {
  const mend = 'Mend: install Chromium (on Debian: apt-get install chromium), or set CHROMIUM_PATH to its program';
  await access(executablePath, constants.X_OK).catch((cause: unknown) => {
    const detail = `there is no browser at ${executablePath}. ${mend}, then start again and retry`;
    throw applicationException('configuration', detail, { cause, retryable: false });
  });
  try {
    const debugging = debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`];
    const options = { executablePath, headless, args: [...CHROMIUM_FLAGS, ...debugging], timeout: LAUNCH_LIMIT_MS };
    return await chromium.launch({ ...options, ...LEAVE_SIGNALS_ALONE });
  } catch (cause) {
    // A machine under load may do better on the next attempt.
    throw applicationException('configuration', `no browser starts at ${executablePath}. ${mend}`, {
      cause,
      retryable: true,
    });
  }
}
