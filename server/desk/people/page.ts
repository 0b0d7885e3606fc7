import { html } from 'hono/html';
import { Role } from '../../../core/model/access.ts';
import type { UserRow } from '../../../store/users.ts';
import type { Html } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';
import type { DeskView } from '../frame.ts';
import { csrfField, deskPage } from '../frame.ts';

/** Who may use the pages, and as what. */
export function peoplePage(view: DeskView, users: readonly UserRow[], problem?: string): Html {
  const { people } = view.desk;
  const body = html`<p>${people.lead}</p>
    <ul class="people">
      ${users.map((user) => html`<li class="sheet">${person(view, user)}</li>`)}
    </ul>
    <section class="sheet" aria-labelledby="add">
      <h2 id="add">${people.add}</h2>
      ${userForm(view, undefined)}
    </section>`;
  return deskPage(view, { title: people.title, here: 'people', body, problem });
}

function person(view: DeskView, user: UserRow): Html {
  const { people } = view.desk;
  const roles = user.removed_at === null ? user.roles.map((role) => people.roleNames[role]).join(', ') : people.removed;
  return html`<h2>${outside(user.name)}</h2>
    <p>${outside(user.email)} <span class="tag">${roles}</span></p>
    <details>
      <summary class="quiet">${people.edit(user.name)}</summary>
      ${userForm(view, user)}
      ${
        user.removed_at === null
          ? html`<form method="post" action="/people/remove">
              ${csrfField(view)}<input type="hidden" name="email" value="${user.email}" />
              <button class="danger">${people.remove}</button>
            </form>`
          : ''
      }
    </details>`;
}

function userForm(view: DeskView, user: UserRow | undefined): Html {
  const { people, signIn, first, languages } = view.desk;
  const id = user?.email ?? 'new';
  return html`<form method="post" action="/people">
    ${csrfField(view)}
    <label for="name-${id}">${people.name}</label>
    <input id="name-${id}" name="name" value="${user?.name ?? ''}" required maxlength="100" autocomplete="off" />
    ${
      user
        ? html`<input type="hidden" name="email" value="${user.email}" />`
        : html`<label for="email-new">${signIn.email}</label
            ><input id="email-new" name="email" type="email" required autocomplete="off" />`
    }
    <label for="language-${id}">${first.language}</label>
    <select id="language-${id}" name="language">
      ${(['pl', 'en'] as const).map(
        (code) =>
          html`<option value="${code}" ${(user?.language ?? view.language) === code ? html`selected` : ''}>
            ${languages[code]}
          </option>`,
      )}
    </select>
    <fieldset class="roles">
      <legend>${people.roles}</legend>
      ${Role.options.map(
        (role) =>
          html`<label
            ><input type="checkbox" name="role" value="${role}" ${user?.roles.includes(role) ? html`checked` : ''} />
            ${people.roleNames[role]}</label
          >`,
      )}
    </fieldset>
    <label for="departments-${id}">${people.departments}</label>
    <input id="departments-${id}" name="departments" value="${user?.departments?.join(' ') ?? ''}" autocomplete="off" />
    <button>${user ? people.save : people.add}</button>
  </form>`;
}
