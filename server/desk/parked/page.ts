import { businessText } from '../../../core/messages/business.ts';
import { html } from 'hono/html';
import { formatInstant } from '../../../core/messages/format.ts';
import type { Problem } from '../../../core/model/problem.ts';
import { errorName, isBusiness } from '../../../core/model/problem.ts';
import type { Parked } from '../../runs/parked.ts';
import type { Html } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';
import type { DeskView } from '../frame.ts';
import { csrfField, deskPage } from '../frame.ts';

export type ParkedPage = {
  parked: readonly Parked[];
  silent: number;
  /** Who takes care, by incident. */
  assigned: ReadonlyMap<string, string>;
  operators: ReadonlyMap<string, string>;
  notice?: string | undefined;
  problem?: string | undefined;
};

/** Everything that waits for an operator, with what can be done to many at once. */
export function parkedPage(view: DeskView, page: ParkedPage): Html {
  const text = view.desk.operating;
  const body = html`<p>${page.parked.length === 0 ? text.none : text.lead}</p>
    ${page.silent > 0 ? html`<p class="problem">${text.silent(page.silent)}</p>` : ''}
    ${
      page.parked.length === 0
        ? ''
        : html`<form method="post" action="/parked" class="bulk">
            ${csrfField(view)}
            <p>
              <label hidden><input type="checkbox" data-all /> ${text.all}</label>
            </p>
            <ul class="incidents">
              ${page.parked.map((parked) => row(view, parked, page.assigned.get(parked.incident.id)))}
            </ul>
            ${bulk(view, page.operators)}
          </form>`
    }`;
  const { notice, problem } = page;
  return deskPage(view, { title: text.title, here: 'parked', body, notice, problem });
}

function row(view: DeskView, { run, definition, incident }: Parked, assignee: string | undefined): Html {
  const text = view.desk.operating;
  const task = incident.reference.split('/').at(-1) ?? '';
  const since = formatInstant(new Date(incident.since), view.language, view.timeZone);
  return html`<li class="sheet">
    <input
      type="checkbox"
      name="chosen"
      value="${run.run} ${incident.id}"
      aria-label="${text.choose(task, run.title)}"
    />
    <div>
      <h2>
        <a href="${addressOf(run.run, incident.id)}"
          >${outside(task)} · ${outside(`${definition.namespace}/${definition.name} ${definition.version}`)}</a
        >
      </h2>
      <p class="error">${problemWords(incident.problem, view)}</p>
      <p class="detail">${outside(incident.problem.detail ?? '')}</p>
      <p class="soft">${text.since(since)} · ${assignee === undefined ? text.nobody : text.assigned(assignee)}</p>
    </div>
  </li>`;
}

function bulk(view: DeskView, operators: ReadonlyMap<string, string>): Html {
  const { operating: text } = view.desk;
  return html`<fieldset class="sheet acts">
    <legend>${text.selected}</legend>
    <button name="act" value="retry">${text.acts.retry}</button>
    <button name="act" value="skip" class="plain">${text.acts.skip}</button>
    <p class="pair">
      <label for="assignee">${text.acts.assignee}</label> ${operatorChoice('assignee', operators)}
      <button name="act" value="assign" class="plain">${text.acts.assign}</button>
    </p>
    <p class="pair">
      <label for="reason">${text.acts.reason}</label> <input id="reason" name="reason" maxlength="2000" />
      <button name="act" value="end" class="danger">${text.acts.end}</button>
    </p>
  </fieldset>`;
}

/** A choice of those who may operate. */
export function operatorChoice(id: string, operators: ReadonlyMap<string, string>): Html {
  return html`<select id="${id}" name="assignee">
    <option value=""></option>
    ${[...operators].map(([email, name]) => html`<option value="${email}">${name}</option>`)}
  </select>`;
}

/** Address of the page of one incident. */
export function addressOf(run: string, incident: string): string {
  return `/parked/${encodeURIComponent(run)}/${encodeURIComponent(incident)}`;
}

/** What happened, for someone who knows the work and not the machine. */
export function problemWords(problem: Problem, { desk: { operating: text }, language }: DeskView): string {
  const name = errorName(problem.type);
  if (isBusiness(problem)) return businessText(name, language) ?? text.business;
  return text.words[name] ?? text.unknown;
}
