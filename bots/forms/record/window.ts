import { chromium } from 'playwright-core';
import type { BrowserContext } from 'playwright-core';
import { applicationException } from '../../../core/model/problem.ts';
import { CHROMIUM_FLAGS } from '../session/chromium-flags.ts';

/** A browser window for a person, and how it ends. */
export type Window = { context: BrowserContext; close(): Promise<void> };

/**
 * @param options `headless: false` shows the window, which needs a display
 * @throws an application exception where no browser starts
 */
export async function openWindow(options: { executablePath: string; headless: boolean }): Promise<Window> {
  const browser = await chromium.launch({ ...options, args: [...CHROMIUM_FLAGS] }).catch((cause: unknown) => {
    const mend = 'install Chromium or set CHROMIUM_PATH; a window for a person also needs a display';
    const detail = `no browser window opens with ${options.executablePath}. To fix: ${mend}`;
    throw applicationException('configuration', detail, { cause, retryable: false });
  });
  // The window keeps the size that the person gives it.
  const context = await browser.newContext({ viewport: options.headless ? { width: 1280, height: 900 } : null });
  return { context, close: () => browser.close() };
}
