import type { BrowserContext, Page, Route } from 'playwright-core';
import { applicationException } from '../../../core/model/problem.ts';
import type { Watch } from './watch.ts';

/** Addresses without a host, which pages use for themselves. */
const LOCAL_SCHEMES: ReadonlySet<string> = new Set(['data:', 'blob:', 'about:']);

/**
 * Keeps the browser on the target's own hosts: a request to another is refused before it leaves, also when it comes from
 * a redirect, which could otherwise carry a login form elsewhere. Refused pages are a problem, refused images are not.
 */
export async function guardHosts(context: BrowserContext, hosts: ReadonlySet<string>, watch: Watch): Promise<void> {
  await context.route('**/*', async (route: Route) => {
    const request = route.request();
    if (isAllowed(request.url(), hosts)) return route.continue();
    if (request.isNavigationRequest()) refuse(request.url(), watch);
    return route.abort('blockedbyclient');
  });
  context.on('page', (page) => void guardRedirects(page, hosts, watch));
}

export function isAllowed(address: string, hosts: ReadonlySet<string>): boolean {
  const url = new URL(address);
  return LOCAL_SCHEMES.has(url.protocol) || hosts.has(url.host) || hosts.has(url.hostname);
}

/** Playwright's routes do not see redirects; the browser's own protocol does, before they are followed. */
async function guardRedirects(page: Page, hosts: ReadonlySet<string>, watch: Watch): Promise<void> {
  try {
    const browser = await page.context().newCDPSession(page);
    browser.on('Fetch.requestPaused', ({ requestId, request, resourceType }) => {
      const allowed = isAllowed(request.url, hosts);
      if (!allowed && resourceType === 'Document') refuse(request.url, watch);
      const answer = allowed
        ? browser.send('Fetch.continueRequest', { requestId })
        : browser.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
      // A request of a page that has just closed needs no answer.
      answer.catch(() => undefined);
    });
    await browser.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  } catch {
    // The page closed before the guard stood: it can send nothing any more.
  }
}

function refuse(address: string, watch: Watch): void {
  const { host } = new URL(address);
  const detail = `the target leads to ${host}, which is not allowed; if it belongs to it, add it to target/hosts`;
  watch.trouble(applicationException('authorization', detail));
}
