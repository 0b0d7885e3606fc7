import type { BrowserContext } from 'playwright-core';
import type { FormDefinition } from '../../../core/forms/form.ts';
import type { TargetLimits } from '../../../core/settings/targets.ts';
import { OwnBrowser } from './browser.ts';
import type { BrowserOptions } from './browser.ts';
import type { KeptSessions } from './kept-sessions.ts';
import { bounded } from '../page/bounded.ts';
import { guardHosts, type JudgeAddress } from '../page/guard.ts';
import { injectFinders } from '../page/inject.ts';
import { Screen } from '../page/screen.ts';
import { Watch } from '../page/watch.ts';

/** Wide enough for the tables of legacy applications, so that pictures show whole rows. */
const WINDOW = { width: 1280, height: 900 };
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
  #browser: Promise<OwnBrowser> | undefined;
  readonly #contexts = new Map<string, BrowserContext>();
  readonly #kept: KeptSessions;
  readonly #judge: JudgeAddress | undefined;

  constructor(options: BrowserOptions, kept: KeptSessions, judge?: JudgeAddress) {
    this.#options = options;
    this.#kept = kept;
    this.#judge = judge;
  }

  /** The session's screen, with the login of earlier runs where it still holds. `trace` makes it half as fast. */
  async screen(form: FormDefinition, target: Target, trace: boolean): Promise<Screen> {
    const key = sessionKey(target);
    // A context per run of listeners would pile up: the watch belongs to the form, the cookies to the session.
    const old = this.#contexts.get(key);
    const cookies = old ? await old.storageState() : await this.#kept.load(key);
    await old?.close();
    const browser = (await this.browser()).playwright;
    const context = await browser.newContext({
      viewport: WINDOW,
      // Service workers would answer past the guard.
      serviceWorkers: 'block',
      ...httpLogin(target),
      ...(cookies ? { storageState: cookies } : {}),
    });
    this.#contexts.set(key, context);
    await injectFinders(context);
    const watch = new Watch(context, form);
    const hosts = { own: new URL(target.url).host, others: new Set(form.target.hosts), judge: this.#judge };
    await guardHosts(context, hosts, watch);
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

  /** The browser, started anew where there is none or it has ended. */
  async browser(): Promise<OwnBrowser> {
    const running = await this.#browser?.catch(() => undefined);
    if (running?.playwright.isConnected()) return running;
    this.#contexts.clear();
    this.#browser = OwnBrowser.launch(this.#options);
    return this.#browser;
  }
}

/** For targets that ask by HTTP itself (Basic, Digest, NTLM); sent to the target alone, and only when it asks. */
function httpLogin({ url, user, password }: Target) {
  if (user === undefined || password === undefined) return {};
  return { httpCredentials: { username: user, password, origin: new URL(url).origin, send: 'unauthorized' as const } };
}

/** What one login belongs to. */
export function sessionKey(target: Target): string {
  return `${target.user ?? ''} ${target.url}`;
}

/** What of a target must never be seen: in pictures, pages, traces. */
export function secretsOf({ password, totp }: Target): string[] {
  return [password ?? '', totp ?? ''].filter((secret) => secret !== '');
}
