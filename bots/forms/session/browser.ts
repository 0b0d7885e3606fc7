import { access, constants, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, CDPSession } from 'playwright-core';
import { z } from 'zod';
import { applicationException } from '../../../core/model/problem.ts';
import { CHROMIUM_FLAGS } from './chromium-flags.ts';
import { bounded } from '../page/bounded.ts';

/** Else the library ends the whole process on Ctrl-C, in the middle of our own orderly end. */
const LEAVE_SIGNALS_ALONE = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
/** A browser on a busy machine starts within this, or not at all. */
const LAUNCH_LIMIT_MS = 60_000;
/** A browser closes within a second or two; then it is ended. */
const CLOSE_LIMIT_MS = 10_000;
/** A browser process answers within milliseconds, and on a machine that is all but stopped within seconds. */
const SILENT_LIMIT_MS = 20_000;
/** So often it is asked: a browser that hangs is noticed soon after the limit. */
const ASK_EVERY_MS = 5_000;
/** Begins the name of the folder for what a browser leaves on disk; the pid of our process and a number follow. */
const FOLDER = 'zaplecze-browser-';
/** Begins the name of the profile that Playwright makes, and removes only when it ends in good order. */
const PROFILE = 'playwright_chromiumdev_profile-';

export type BrowserOptions = {
  executablePath: string;
  headless?: boolean | undefined;
  /** Port on 127.0.0.1 through which another program sees and uses the same browser, as an attending person would. */
  debuggingPort?: number | undefined;
};

let launched = 0;

/** Seconds after which a silent browser is ended, for messages. */
export const SILENT_LIMIT_S = SILENT_LIMIT_MS / 1000;

/** A browser whose process is known, so that it can be ended when it hangs. */
export class OwnBrowser {
  readonly playwright: Browser;
  readonly #process: CDPSession;
  readonly #pid: number | undefined;
  readonly #folder: string;

  private constructor(playwright: Browser, process: CDPSession, pid: number | undefined, folder: string) {
    this.playwright = playwright;
    this.#process = process;
    this.#pid = pid;
    this.#folder = folder;
  }

  /** @throws an application exception that says how to mend a missing browser */
  static async launch({ executablePath, headless = true, debuggingPort }: BrowserOptions): Promise<OwnBrowser> {
    const mend = 'To fix: install Chromium (on Debian: apt-get install chromium), or set CHROMIUM_PATH to its program';
    await access(executablePath, constants.X_OK).catch((cause: unknown) => {
      const detail = `there is no browser at ${executablePath}. ${mend}, then start again and retry`;
      throw applicationException('configuration', detail, { cause, retryable: false });
    });
    await removeLeftovers();
    launched += 1;
    const folder = join(tmpdir(), `${FOLDER}${process.pid}-${launched}`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      const debugging = debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`];
      const options = { executablePath, headless, args: [...CHROMIUM_FLAGS, ...debugging], timeout: LAUNCH_LIMIT_MS };
      const browser = await chromium.launch({ ...options, ...LEAVE_SIGNALS_ALONE, artifactsDir: folder });
      const session = await browser.newBrowserCDPSession();
      const pid = await pidOf(session);
      if (pid !== undefined) await writeFile(join(folder, `${pid}.json`), JSON.stringify(await profileOf(pid)));
      return new OwnBrowser(browser, session, pid, folder);
    } catch (cause) {
      await rm(folder, { recursive: true, force: true });
      // A machine under load may do better on the next attempt.
      throw applicationException('configuration', `no browser starts at ${executablePath}. ${mend}`, {
        cause,
        retryable: true,
      });
    }
  }

  /** Asks the browser again and again whether it lives; one that is silent for too long is ended. */
  watch(): { readonly ended: boolean; stop(): void } {
    let stopped = false;
    const watch = {
      ended: false,
      stop: () => {
        stopped = true;
        clearTimeout(timer);
      },
    };
    const ask = async (): Promise<void> => {
      if (stopped || !this.playwright.isConnected()) return;
      const answer = this.#process.send('Browser.getVersion').then(
        () => true,
        // It has ended by itself: whoever waits for it hears of that.
        () => true,
      );
      if (await bounded(answer, SILENT_LIMIT_MS)) timer = setTimeout(() => void ask(), ASK_EVERY_MS);
      else watch.ended = this.#kill();
    };
    let timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    return watch;
  }

  async close(): Promise<void> {
    const closed = await bounded(
      this.playwright.close().then(() => true),
      CLOSE_LIMIT_MS,
    );
    if (!closed) this.#kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #kill(): boolean {
    return this.#pid !== undefined && end(this.#pid);
  }
}

async function pidOf(session: CDPSession): Promise<number | undefined> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.find(({ type }) => type === 'browser')?.id;
}

const Left = z.object({ profile: z.string().optional() });

/** The profile of a browser, from its command line; Linux only. */
async function profileOf(pid: number): Promise<z.infer<typeof Left>> {
  const profile = (await argumentsOf(pid)).find((each) => each.startsWith('--user-data-dir='))?.split('=')[1];
  return profile !== undefined && basename(profile).startsWith(PROFILE) ? { profile } : {};
}

async function argumentsOf(pid: number): Promise<string[]> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
}

/** What browsers of processes that were killed have left: their profiles and downloads, and the browser if it hangs. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(FOLDER) || isRunning(Number.parseInt(name.slice(FOLDER.length), 10))) continue;
    const folder = join(tmpdir(), name);
    // Two processes may start at the same time and find the same.
    for (const file of await readdir(folder).catch(() => [])) {
      if (file.endsWith('.json')) await removeProfile(join(folder, file), Number.parseInt(file, 10));
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeProfile(file: string, pid: number): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const profile = Left.safeParse(text === '' ? {} : JSON.parse(text)).data?.profile;
  if (profile === undefined || !basename(profile).startsWith(PROFILE)) return;
  if ((await argumentsOf(pid)).includes(`--user-data-dir=${profile}`)) end(pid);
  await rm(profile, { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Of another user: it lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function end(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
