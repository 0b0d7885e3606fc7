import { html } from 'hono/html';
import { may } from '../people/members.ts';
import type { SignedIn } from './sign-in/session.ts';
import type { DeskMessages } from './messages/index.ts';
import type { Html, View } from '../site/layout.ts';
import { layout, outside } from '../site/layout.ts';

/** The view of someone who is signed in: their words, and the token that their forms carry. */
export type DeskView = View & { desk: DeskMessages; visitor: SignedIn; csrf: string };

export type DeskPage = {
  title: string;
  here: Place;
  body: Html;
  notice?: string | undefined;
  problem?: string | undefined;
  /** Beside those of every page, and before them. */
  scripts?: string[];
  styles?: string[];
};
type Place = 'tasks' | 'requests' | 'passkeys' | 'definitions' | 'parked' | 'audit' | 'people' | 'none';

/** A page behind the sign-in: navigation by role, then the content. */
export function deskPage(view: DeskView, page: DeskPage): Html {
  const { desk, visitor } = view;
  const links: [Exclude<Place, 'none'>, boolean][] = [
    ['tasks', true],
    ['requests', true],
    ['passkeys', true],
    ['definitions', may(visitor, 'author')],
    ['parked', may(visitor, 'operator')],
    ['audit', may(visitor, 'auditor')],
    ['people', may(visitor)],
  ];
  const body = html`<a class="skip" href="#content">${desk.nav.skip}</a>
    <header class="top">
      <span class="company">${outside(view.company)}</span>
      <form method="post" action="/sign-out" class="out">
        ${csrfField(view)}<span class="soft">${outside(visitor.name)}</span>
        <button class="quiet">${desk.nav.signOut}</button>
      </form>
    </header>
    <nav aria-label="${desk.nav.label}">
      ${links
        .filter(([, shown]) => shown)
        .map(
          ([place]) =>
            html`<a href="/${place}" ${place === page.here ? html`aria-current="page"` : ''}>${desk.nav[place]}</a> `,
        )}
    </nav>
    <main id="content">
      <h1>${page.title}</h1>
      ${page.notice ? html`<p class="notice" role="status">${page.notice}</p>` : ''}
      ${page.problem ? html`<p class="problem" role="alert">${page.problem}</p>` : ''} ${page.body}
    </main>`;
  return layout(view, {
    title: page.title,
    body,
    kind: 'desk',
    scripts: [...(page.scripts ?? []), 'page.js', 'desk.js'],
    styles: page.styles ?? [],
  });
}

/** Hidden field that every form of a session carries. */
export function csrfField(view: { csrf: string }): Html {
  return html`<input type="hidden" name="csrf" value="${view.csrf}" />`;
}

/** A narrow page for whoever is not signed in. */
export function doorPage(view: View, page: { title: string; body: Html; problem?: string | undefined }): Html {
  const body = html`<header class="top"><span class="company">${outside(view.company)}</span></header>
    <main class="narrow">
      <section class="sheet door">
        <h1>${page.title}</h1>
        ${page.problem ? html`<p class="problem" role="alert">${page.problem}</p>` : ''} ${page.body}
      </section>
    </main>`;
  return layout(view, { title: page.title, body, kind: 'desk', scripts: ['page.js'] });
}
