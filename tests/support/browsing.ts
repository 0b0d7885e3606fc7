import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ServerType } from '@hono/node-server';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { expect } from 'vitest';
import type { Env } from '../../server/site/context.ts';

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/**
 * Waits until the element has the focus. Chromium gives it to what asks for it by `autofocus` with its next picture, later
 * than the page counts as loaded: a person sees the caret before typing, and so must a test that types into the focus.
 *
 * @param selector a CSS selector
 */
export async function inFocus(tab: Page, selector: string): Promise<void> {
  await tab.locator(`${selector}:focus`).waitFor();
}
/** Set to a folder to look at what people see. */
const SHOTS = process.env['ZAPLECZE_SCREENSHOTS'];

/** An application on a port of its own, and a browser that notes whatever its console complains about. */
export class Browsing {
  readonly base: string;
  /** Errors and warnings of the consoles since they were last taken away. */
  readonly complaints: string[] = [];
  readonly #server: ServerType;
  readonly #browser: Browser;
  readonly #open: BrowserContext[] = [];
  #app: Hono<Env>;

  private constructor(server: ServerType, browser: Browser, app: Hono<Env>, host: string) {
    this.#app = app;
    this.#server = server;
    this.#browser = browser;
    this.base = `http://${host}:${(server.address() as AddressInfo).port}`;
  }

  /** `host`: a name of this machine, where 127.0.0.1 will not do: passkeys belong to names. */
  static async start(app: Hono<Env>, host = '127.0.0.1'): Promise<Browsing> {
    let answering = (): Hono<Env> => app;
    const fetch: Hono<Env>['fetch'] = (...request) => answering().fetch(...request);
    const server = await new Promise<ServerType>((done) => {
      const starting = serve({ fetch, hostname: '127.0.0.1', port: 0 }, () => done(starting));
    });
    const browser = await chromium.launch({
      executablePath: process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--disable-quic'],
    });
    const browsing = new Browsing(server, browser, app, host);
    answering = () => browsing.#app;
    return browsing;
  }

  /** From here on another application answers at the same address, as after a restart. */
  answerWith(app: Hono<Env>): void {
    this.#app = app;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }

  async closePages(): Promise<void> {
    for (const context of this.#open.splice(0)) await context.close();
  }

  async page(viewport: { width: number; height: number }, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({ viewport, baseURL: this.base, ...options });
    this.#open.push(context);
    const tab = await context.newPage();
    tab.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    tab.on('pageerror', (error) => this.complaints.push(error.message));
    return tab;
  }
}

/** Takes a picture, where ZAPLECZE_SCREENSHOTS names a folder. */
export async function shoot(tab: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  await mkdir(SHOTS, { recursive: true });
  await tab.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

/** Takes a picture and judges the page: nothing that axe finds, nothing to move sideways. */
export async function looked(tab: Page, name: string): Promise<void> {
  await shoot(tab, name);
  expect(await violations(tab)).toEqual([]);
  expect(await sideways(tab), 'nothing to move sideways').toBeLessThanOrEqual(0);
}

/** Violations of WCAG 2.2 AA that axe finds, in words. Run as the browser's own tool: the pages' policy lets no other script in. */
export async function violations(tab: Page): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await tab.evaluate(axe);
  const found = await tab.evaluate(
    'axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })',
  );
  type Node = { html: string; failureSummary: string };
  return (found as { violations: { id: string; nodes: Node[] }[] }).violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`,
  );
}

/** How far a page is wider than the screen, in pixels: none should have to be moved sideways. */
export async function sideways(tab: Page): Promise<number> {
  return tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
