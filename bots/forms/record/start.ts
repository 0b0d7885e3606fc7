import type { BrowserContext, Page } from 'playwright-core';
import { applicationException } from '../../../core/model/problem.ts';

/** Where every look and every write begins. `fresh` shows that page again, and closes all windows but the first. */
export type Start = {
  address: string;
  /** No address leads there: only the login does. */
  everyTime: boolean;
  fresh(): Promise<void>;
};

/** Tells how the page in the first window was asked for. */
export function watchMainPage(page: Page): { method(): string } {
  let method = 'GET';
  page.on('response', (response) => {
    const request = response.request();
    const isMain = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (isMain && !response.headers()['location']) method = request.method();
  });
  return { method: () => method };
}

/**
 * The address to which the session leads without a new login: where the login ended, else where it began. Where the page
 * after the login is the answer to the login itself, no address leads there; a reload sends the login once more.
 */
export async function findStart(context: BrowserContext, url: string, mainPage: { method(): string }): Promise<Start> {
  const fresh = (address: string) => async (): Promise<void> => {
    const page = await onlyWindow(context);
    // A page that is a frameset has the same address whatever its frames show, and going there again loads them anew.
    await page.goto(address, { waitUntil: 'networkidle' });
  };
  if (mainPage.method() !== 'GET') {
    const reload = async (): Promise<void> => {
      const page = await onlyWindow(context);
      await page.reload({ waitUntil: 'networkidle' });
    };
    await reload();
    if (!(await asksForPassword(context))) return { address: url, everyTime: true, fresh: reload };
  }
  for (const address of new Set([context.pages()[0]?.url() ?? url, url])) {
    await fresh(address)();
    if (!(await asksForPassword(context))) return { address, everyTime: false, fresh: fresh(address) };
  }
  const detail = 'no way leads back into the session: log in in the first step, and keep cookies allowed';
  throw applicationException('authentication', detail, { retryable: false });
}

async function asksForPassword(context: BrowserContext): Promise<boolean> {
  const frames = context.pages().flatMap((page) => page.frames());
  const counts = await Promise.all(frames.map((frame) => frame.locator('input[type=password]:visible').count()));
  return counts.some((count) => count > 0);
}

async function onlyWindow(context: BrowserContext): Promise<Page> {
  const [first, ...others] = context.pages();
  for (const page of others) await page.close();
  return first ?? (await context.newPage());
}
