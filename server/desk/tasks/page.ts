import { html } from 'hono/html';
import { formatDate, formatInstant } from '../../../core/messages/format.ts';
import type { About } from '../../../core/model/about.ts';
import { numberOf } from '../../../core/model/about.ts';
import type { SubstituteRow } from '../../../store/substitutes.ts';
import type { DecidedTask, WaitingTask } from '../../../store/tasks.ts';
import { amountText, headingText } from '../../links/about-view.ts';
import type { Html } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';
import type { DeskView } from '../frame.ts';
import { csrfField, deskPage } from '../frame.ts';

export type TasksPage = {
  waiting: readonly (WaitingTask & { link: string })[];
  decided: readonly DecidedTask[];
  substitutes: readonly SubstituteRow[];
  standingIn: readonly SubstituteRow[];
  /** People whom one can choose as substitutes, by address. */
  names: ReadonlyMap<string, string>;
  problem?: string | undefined;
};

/** What waits for a person, what they decided, and who stands in for them. */
export function tasksPage(view: DeskView, page: TasksPage): Html {
  const { tasks } = view.desk;
  const [first] = page.waiting;
  const body = html`<section class="sheet" aria-labelledby="waiting">
      <h2 id="waiting">${tasks.waiting}${page.waiting.length > 0 ? ` (${page.waiting.length})` : ''}</h2>
      ${
        first
          ? html`<ul class="rows">
              ${page.waiting.map((task) => waitingRow(view, task))}
            </ul>`
          : html`<p>${tasks.none}</p>`
      }
      ${first && page.waiting.length > 1 ? html`<p><a class="button" href="${first.link}">${tasks.start}</a></p>` : ''}
    </section>
    ${substitutes(view, page)}
    <section class="sheet" aria-labelledby="decided">
      <h2 id="decided">${tasks.decided}</h2>
      ${
        page.decided.length > 0
          ? html`<ul class="rows">
              ${page.decided.map((task) => decidedRow(view, task))}
            </ul>`
          : html`<p>${tasks.noneDecided}</p>`
      }
    </section>`;
  return deskPage(view, { title: tasks.title, here: 'tasks', body, problem: page.problem });
}

function waitingRow(view: DeskView, task: WaitingTask & { link: string }): Html {
  const { tasks } = view.desk;
  const until = formatInstant(task.expires_at, view.language, view.timeZone);
  return html`<li>
    <a class="task" href="${task.link}">${about(view, task.about)}</a>
    <span class="tag">${tasks.kinds[task.kind]}</span>
    <span class="soft">${tasks.until(until)}</span>
  </li>`;
}

function decidedRow(view: DeskView, task: DecidedTask): Html {
  const when = formatInstant(task.at, view.language, view.timeZone);
  return html`<li>
    <span class="task">${about(view, task.about)}</span>
    <span class="tag">${view.desk.tasks.verbs[task.decision] ?? task.decision}</span> <span class="soft">${when}</span>
  </li>`;
}

function about(view: DeskView, what: About): Html {
  const amount = amountText(what, view);
  return html`<strong>${outside(headingText(what, view))}</strong> ${outside(numberOf(what) ?? '')}
    ${amount === undefined ? '' : html`<span class="money">${amount}</span>`}`;
}

function substitutes(view: DeskView, page: TasksPage): Html {
  const { substitutes: text } = view.desk;
  const name = (email: string): string => page.names.get(email) ?? email;
  const days = ({ from, to }: SubstituteRow): string =>
    text.range(formatDate(from, view.language), formatDate(to, view.language));
  return html`<section class="sheet" aria-labelledby="substitutes">
    <h2 id="substitutes">${text.title}</h2>
    <p class="soft">${text.lead}</p>
    ${page.substitutes.length === 0 ? html`<p>${text.none}</p>` : ''}
    <ul class="rows">
      ${page.substitutes.map(
        (row) =>
          html`<li>
            <strong>${outside(name(row.substitute))}</strong> <span>${days(row)}</span>
            <form method="post" action="/substitutes/${row.id}/remove">
              ${csrfField(view)}<button class="quiet" aria-label="${text.removeOf(name(row.substitute))}">
                ${text.remove}
              </button>
            </form>
          </li>`,
      )}
    </ul>
    <form method="post" action="/substitutes" class="inline">
      ${csrfField(view)}
      <p>
        <label for="substitute">${text.who}</label>
        <select id="substitute" name="substitute" required>
          <option value=""></option>
          ${[...page.names]
            .filter(([email]) => email !== view.visitor.email)
            .map(([email, label]) => html`<option value="${email}">${label}</option>`)}
        </select>
      </p>
      <p><label for="from">${text.from}</label><input id="from" name="from" type="date" required /></p>
      <p><label for="to">${text.to}</label><input id="to" name="to" type="date" required /></p>
      <button>${text.add}</button>
    </form>
    ${
      page.standingIn.length > 0
        ? html`<h3>${text.standIn}</h3>
            <ul class="rows">
              ${page.standingIn.map((row) => html`<li><strong>${outside(name(row.person))}</strong> ${days(row)}</li>`)}
            </ul>`
        : ''
    }
  </section>`;
}
