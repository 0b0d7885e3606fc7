import { html } from 'hono/html';
import type { Html, View } from './layout.ts';
import { layout, outside } from './layout.ts';

/** A page that only says something: a link that does not work, too many attempts, an engine that does not answer. */
export function messagePage(view: View, title: string, detail: string, back?: string): Html {
  const body = html`<header class="top"><span class="company">${outside(view.company)}</span></header>
    <main class="narrow">
      <article class="sheet outcome">
        <p class="mark ended" aria-hidden="true"></p>
        <h1 class="told">${title}</h1>
        <p>${detail}</p>
        ${back ? html`<p><a class="button" href="${back}">${view.text.errors.again}</a></p>` : ''}
      </article>
    </main>`;
  return layout(view, { title, body, kind: 'card' });
}
