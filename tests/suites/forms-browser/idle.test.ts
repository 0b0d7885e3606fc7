import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHROMIUM_FLAGS } from '../../../bots/forms/session/chromium-flags.ts';
import { callInPage, injectFinders } from '../../../bots/forms/page/inject.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  const context = await browser.newContext();
  await injectFinders(context);
  page = await context.newPage();
});
afterAll(() => browser.close());

const show = (html: string): Promise<unknown> => page.goto(`data:text/html,${encodeURIComponent(html)}`);
const idle = (): Promise<unknown> => callInPage(page.mainFrame(), 'idle', ['Saved']);

it('should say of a page at rest that it is idle, and what it shows', async () => {
  await show('<p>Saved</p>');
  expect(await idle()).toEqual({ idle: true, seen: ['Saved'] });
});

it('should say of a page whose script is about to do something that it is not', async () => {
  await show(`<button onclick="setTimeout(() => document.body.append('Saved'), 100)">Save</button>`);
  await page.getByRole('button').click();
  expect(await idle()).toEqual({ idle: false, seen: [] });
  await page.getByText('Saved').waitFor();
  await expect.poll(idle).toEqual({ idle: true, seen: ['Saved'] });
});

it('should not wait for a timer that is far off', async () => {
  await show(`<button onclick="setTimeout(() => location.reload(), 60_000)">Save</button><p>Saved</p>`);
  await page.getByRole('button').click();
  expect(await idle()).toEqual({ idle: true, seen: ['Saved'] });
});
