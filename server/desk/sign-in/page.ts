import { html } from 'hono/html';
import type { DeskMessages } from '../messages/index.ts';
import type { Html, View } from '../../site/layout.ts';
import { doorPage } from '../frame.ts';

/** Asks for an address. `next`: the page to show afterwards. */
export function signInPage(view: View, text: DeskMessages, next: string, notice?: string): Html {
  const { signIn } = text;
  return doorPage(view, {
    title: signIn.title,
    body: html`${notice ? html`<p class="notice" role="status">${notice}</p>` : ''}
      <p>${signIn.lead}</p>
      <form method="post" action="/sign-in">
        <input type="hidden" name="next" value="${next}" />
        <label for="email">${signIn.email}</label>
        <input id="email" name="email" type="email" autocomplete="username" required autofocus />
        <button class="primary">${signIn.send}</button>
      </form>`,
  });
}

/** Asks for the code. Looks the same whether the address is known or not. */
export function codePage(view: View, text: DeskMessages, page: { id: string; next: string; problem?: string }): Html {
  const { signIn } = text;
  return doorPage(view, {
    title: signIn.codeTitle,
    problem: page.problem,
    body: html`<p>${signIn.codeLead}</p>
      <form method="post" action="/sign-in/${page.id}">
        <input type="hidden" name="next" value="${page.next}" />
        <label for="code">${signIn.code}</label>
        <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus />
        <button class="primary">${signIn.enter}</button>
      </form>
      <p><a href="/sign-in">${signIn.again}</a></p>`,
  });
}

/** Asks whoever has just installed the product who they are. */
export function firstAdminPage(view: View, text: DeskMessages, action: string, problem?: string): Html {
  const { first, signIn, languages } = text;
  return doorPage(view, {
    title: first.title,
    problem,
    body: html`<p>${first.lead}</p>
      <form method="post" action="${action}">
        <label for="name">${first.name}</label>
        <input id="name" name="name" autocomplete="name" required maxlength="100" autofocus />
        <label for="email">${signIn.email}</label>
        <input id="email" name="email" type="email" autocomplete="email" required />
        <label for="language">${first.language}</label>
        <select id="language" name="language">
          <option value="pl" ${view.language === 'pl' ? html`selected` : ''}>${languages.pl}</option>
          <option value="en" ${view.language === 'en' ? html`selected` : ''}>${languages.en}</option>
        </select>
        <button class="primary">${first.create}</button>
      </form>`,
  });
}
