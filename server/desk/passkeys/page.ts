import { html } from 'hono/html';
import { formatInstant } from '../../../core/messages/format.ts';
import type { Passkey } from '../../../store/passkeys.ts';
import type { Html } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';
import type { DeskView } from '../frame.ts';
import { csrfField, deskPage } from '../frame.ts';

export type PasskeysPage = {
  keys: readonly Passkey[];
  /** What the browser needs to make one, and the token its answer comes back with; absent where passkeys cannot work. */
  setUp?: { options: object; token: string } | undefined;
  problem?: string | undefined;
};

/** A person's passkeys, and a form to set up another. */
export function passkeysPage(view: DeskView, { keys, setUp, problem }: PasskeysPage): Html {
  const text = view.desk.passkeys;
  const body = html`<section class="sheet" aria-labelledby="own">
      <h2 id="own">${text.own}</h2>
      <p class="soft">${text.lead}</p>
      ${keys.length === 0 ? html`<p>${text.none}</p>` : ''}
      <ul class="rows">
        ${keys.map((key) => row(view, key))}
      </ul>
    </section>
    <section class="sheet" aria-labelledby="another">
      <h2 id="another">${text.another}</h2>
      ${setUp ? setUpForm(view, setUp) : html`<p>${text.needsHttps}</p>`}
    </section>`;
  return deskPage(view, { title: text.title, here: 'passkeys', body, problem, scripts: ['passkey.js'] });
}

function row(view: DeskView, { id, name, createdAt, usedAt }: Passkey): Html {
  const text = view.desk.passkeys;
  const when = (instant: Date): string => formatInstant(instant, view.language, view.timeZone);
  return html`<li>
    <strong>${outside(name)}</strong>
    <span class="soft">${text.since(when(createdAt))}${usedAt ? html` · ${text.used(when(usedAt))}` : ''}</span>
    <form method="post" action="/passkeys/remove">
      ${csrfField(view)}<input type="hidden" name="id" value="${id}" />
      <button class="quiet" aria-label="${text.removeOf(name)}">${text.remove}</button>
    </form>
  </li>`;
}

function setUpForm(view: DeskView, { options, token }: NonNullable<PasskeysPage['setUp']>): Html {
  const text = view.desk.passkeys;
  return html`<form
    method="post"
    action="/passkeys"
    data-passkey="make"
    data-options="${JSON.stringify(options)}"
    data-failed="${text.failed}"
  >
    ${csrfField(view)}<input type="hidden" name="token" value="${token}" />
    <input type="hidden" name="passkey" value="" />
    <p>
      <label for="name">${text.name}</label>
      <input id="name" name="name" required maxlength="100" autocomplete="off" aria-describedby="name-hint" />
      <span class="soft" id="name-hint">${text.nameHint}</span>
    </p>
    <p class="problem" data-told role="alert" hidden></p>
    <button>${text.add}</button>
  </form>`;
}
