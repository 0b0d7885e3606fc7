import type { IncomingMessage } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import { clientAddress } from './client-address.ts';
import type { ApprovalKind } from '../../core/model/approval.ts';
import type { About } from '../../core/model/about.ts';
import type { Language, Settings } from '../../core/settings/settings.ts';
import type { Store } from '../../store/index.ts';
import type { Actor, Decider } from '../../intake/decisions.ts';
import { messagesAbout } from './messages/about.ts';
import { languageOf } from './messages/index.ts';
import type { Html, View } from './layout.ts';
import { viewOf } from './layout.ts';
import { messagePage } from './message-page.ts';
import type { Tokens } from './tokens.ts';
import type { Views } from './view-log.ts';

/** Present where a socket serves; absent where a test calls the app directly. */
export type Env = {
  Bindings: { incoming?: IncomingMessage };
  /** Address of the client, as far as trusted proxies tell it. */
  Variables: { client?: string };
};

/** What the routes share. */
export type Site = {
  store: Pick<Store, 'approvals' | 'artefacts' | 'audit' | 'codes' | 'digests' | 'drafts' | 'passkeys' | 'users'>;
  settings: Settings;
  tokens: Tokens;
  decide: Decider;
  act: Actor;
  /** Secrets by name: those of authenticators. Absent where nobody has one. */
  secret?: ((name: string) => Promise<string>) | undefined;
  /** Notes who has looked at what. */
  views: Views;
  clock: () => Date;
  asset: (name: string) => string;
  log: (message: string, error?: unknown) => void;
};

export type ErrorPage = 'badLink' | 'notFound' | 'elsewhere' | 'tooLarge' | 'tooMany' | 'noAnswer' | 'broken';
export type ErrorStatus = 400 | 403 | 404 | 413 | 429 | 500 | 503;

export function siteView(site: Site, language: Language): View {
  return viewOf(language, {
    company: site.settings.company.name,
    timeZone: site.settings.timeZone,
    now: site.clock(),
    asset: site.asset,
  });
}

/** The view of a visitor: in the language of the person whom the link names, in the words of the case. */
export function visitorView(
  site: Site,
  { person, dossier }: { person: { language: Language }; dossier: { approval: { about: About; kind: ApprovalKind } } },
): View {
  const { language } = person;
  return { ...siteView(site, language), text: messagesAbout(language, [dossier.approval]) };
}

/** Answers with a page that says what went wrong, in the visitor's or else the browser's language. */
export async function errorPage(
  site: Site,
  c: Context<Env>,
  kind: ErrorPage,
  status: ErrorStatus,
  visitor?: { language: Language; back?: string },
): Promise<Response> {
  const view = siteView(site, visitor?.language ?? languageOf(c.req.header('accept-language')));
  const { errors } = view.text;
  return show(c, messagePage(view, errors[kind], errors[`${kind}Detail`], visitor?.back), status);
}

export async function show(
  c: Context<Env>,
  page: Html,
  status: 200 | 409 | 410 | 422 | 202 | ErrorStatus,
): Promise<Response> {
  return c.html(await page, status);
}

/** Address of whoever calls, for rate limits. Without a socket, as in tests, everyone is the same. */
export function addressOf(c: Context<Env>): string {
  const env: Env['Bindings'] | undefined = c.env;
  return c.get('client') ?? env?.incoming?.socket.remoteAddress ?? 'local';
}

/** Notes who the client is behind the proxies that the settings trust. */
export function knowClients({ server }: Pick<Settings, 'server'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    const env: Env['Bindings'] | undefined = c.env;
    const socket = env?.incoming?.socket.remoteAddress;
    if (socket !== undefined) {
      c.set('client', clientAddress(socket, c.req.header('x-forwarded-for'), server.trustedProxies));
    }
    return next();
  };
}
