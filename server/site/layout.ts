import { html } from 'hono/html';
import { cleanText } from '../../core/messages/format.ts';
import type { Language } from '../../core/settings/settings.ts';
import type { Messages } from './messages/index.ts';
import { messages } from './messages/index.ts';

export type Html = ReturnType<typeof html>;

/** What every page needs: language, company, zone, clock, and the addresses of the assets by content. */
export type View = {
  language: Language;
  text: Messages;
  company: string;
  timeZone: string;
  now: Date;
  asset: (name: string) => string;
};

export function viewOf(language: Language, site: Omit<View, 'language' | 'text'>): View {
  return { ...site, language, text: messages[language] };
}

/** Text from outside: cleaned, escaped, and isolated so that its direction of writing cannot reorder ours. */
export function outside(text: string): Html {
  return html`<bdi>${cleanText(text)}</bdi>`;
}

export type Page = {
  title: string;
  body: Html;
  kind: 'card' | 'desk' | 'dossier' | 'station';
  scripts?: string[];
  styles?: string[];
};

/** One whole page. No inline style or script: the content security policy allows none. */
export function layout(view: View, page: Page): Html {
  return html`<!doctype html>
    <html lang="${view.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${page.title} · ${view.company}</title>
        <link rel="icon" href="${view.asset('icon.svg')}" type="image/svg+xml" />
        <link rel="stylesheet" href="${view.asset('style.css')}" />
        <link rel="stylesheet" href="${view.asset('dossier.css')}" />
        ${page.kind === 'dossier' || page.kind === 'station' ? html`<link rel="stylesheet" href="${view.asset('people.css')}" />` : ''}
        ${page.kind === 'station' ? html`<link rel="stylesheet" href="${view.asset('station.css')}" />` : ''}
        ${page.kind === 'desk' ? html`<link rel="stylesheet" href="${view.asset('desk.css')}" />` : ''}
        ${(page.styles ?? []).map((name) => html`<link rel="stylesheet" href="${view.asset(name)}" />`)}
        ${(page.scripts ?? []).map((name) => html`<script src="${view.asset(name)}" defer></script>`)}
      </head>
      <body class="${page.kind}">
        ${page.body}
      </body>
    </html>`;
}
