import type { BrowserContext, Page, Route } from 'playwright-core';
import { applicationException } from '../../../core/model/problem.ts';
import type { Watch } from './watch.ts';

/** Addresses without a host, which pages use for themselves. */
const LOCAL_SCHEMES: ReadonlySet<string> = new Set(['data:', 'blob:', 'about:']);

/** Where the browser may go. */
export type Hosts = {
  /** Host and port of the target. */
  own: string;
  /** Hosts that the form file names besides: its author is not the operator. */
  others: ReadonlySet<string>;
  judge?: JudgeAddress | undefined;
};

/** The operator's word on an address that a form file names. Rejects where nobody may go there. */
export type JudgeAddress = (url: URL) => Promise<void>;

/**
 * Keeps the browser on the target's own hosts: a request to another is refused before it leaves, also when it comes from
 * a redirect, which could otherwise carry a login form elsewhere. Refused pages are a problem, refused images are not.
 */
export async function guardHosts(context: BrowserContext, hosts: Hosts, watch: Watch): Promise<void> {
  await context.route('**/*', async (route: Route) => {
    const request = route.request();
    if (watch.holdsBack(request)) return route.abort('blockedbyclient');
    if (await isAllowed(request.url(), hosts)) return route.continue();
    if (request.isNavigationRequest()) refuse(request.url(), watch);
    return route.abort('blockedbyclient');
  });
  context.on('page', (page) => void guardRedirects(page, hosts, watch));
}

/** True for the target itself, with its port, and for hosts of the form file that the operator does not close. */
export async function isAllowed(address: string, { own, others, judge }: Hosts): Promise<boolean> {
  const url = new URL(address);
  if (LOCAL_SCHEMES.has(url.protocol) || url.host === own) return true;
  if (!others.has(url.host) && !others.has(url.hostname)) return false;
  return (
    judge === undefined ||
    judge(url)
      .then(() => true)
      .catch(() => false)
  );
}

/** Playwright's routes do not see redirects; the browser's own protocol does, before they are followed. */
async function guardRedirects(page: Page, hosts: Hosts, watch: Watch): Promise<void> {
  try {
    const browser = await page.context().newCDPSession(page);
    browser.on('Fetch.requestPaused', ({ requestId, request, resourceType }) => {
      const answer = async (): Promise<unknown> => {
        if (await isAllowed(request.url, hosts)) return browser.send('Fetch.continueRequest', { requestId });
        if (resourceType === 'Document') refuse(request.url, watch);
        return browser.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
      };
      // A request of a page that has just closed needs no answer.
      answer().catch(() => undefined);
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
