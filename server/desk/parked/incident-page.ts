import { html } from 'hono/html';
import { formatInstant } from '../../../core/messages/format.ts';
import type { TaskState } from '../../../core/model/run.ts';
import { leavesOf } from './argument-fields.ts';
import type { Parked } from '../../runs/parked.ts';
import type { Html } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';
import type { DeskView } from '../frame.ts';
import { csrfField, deskPage } from '../frame.ts';
import { addressOf, operatorChoice, problemWords } from './page.ts';

export type IncidentPage = {
  parked: Parked;
  steps: readonly TaskState[];
  assignee: string | undefined;
  operators: ReadonlyMap<string, string>;
  problem?: string | undefined;
  /** What was typed before the page had to be shown again, by field path; and as JSON. */
  typed?: ReadonlyMap<string, string> | undefined;
  json?: string | undefined;
};

/** A text longer than this gets a field of several lines. */
const LONG_TEXT = 80;

/** One parked task: what failed, with what, what the bot saw, and what can be done. */
export function incidentPage(view: DeskView, page: IncidentPage): Html {
  const { operating: text } = view.desk;
  const { run, definition, incident } = page.parked;
  const task = incident.reference.split('/').at(-1) ?? '';
  const since = formatInstant(new Date(incident.since), view.language, view.timeZone);
  const body = html`<div class="two">
    <div class="first">
      <section class="sheet">
        <p class="error">${problemWords(incident.problem, view)}</p>
        <p class="detail">${outside(incident.problem.detail ?? incident.problem.title ?? '')}</p>
        <dl class="facts">
          <div>
            <dt>${text.task}</dt>
            <dd>${outside(incident.reference)} <span class="soft">${text.since(since)}</span></dd>
          </div>
          <div>
            <dt>${text.run}</dt>
            <dd>${outside(run.run)}</dd>
          </div>
          <div>
            <dt>${text.definition}</dt>
            <dd>${outside(`${definition.namespace}/${definition.name} ${definition.version}`)}</dd>
          </div>
        </dl>
        <p class="soft">${page.assignee === undefined ? text.nobody : text.assigned(page.assignee)}</p>
      </section>
      ${evidence(view, page.parked)}
      <section class="sheet" aria-labelledby="steps">
        <h2 id="steps">${text.steps}</h2>
        <ol class="steps">
          ${page.steps.map((step) => html`<li class="${step.status}"><span>${outside(step.task)}</span> <span class="tag">${text.statuses[step.status] ?? step.status}</span></li>`)}
        </ol>
      </section>
      <section class="sheet" aria-labelledby="input">
        <h2 id="input">${text.input}</h2>
        <pre tabindex="0" role="region" aria-labelledby="input">
${JSON.stringify(incident.with ?? incident.input, undefined, 2)}</pre>
      </section>
    </div>
    <div class="second">${acts(view, page)}</div>
  </div>`;
  return deskPage(view, { title: `${task} · ${run.title}`, here: 'parked', body, problem: page.problem });
}

function evidence(view: DeskView, { run, incident }: Parked): Html {
  const { operating: text } = view.desk;
  const files = incident.problem.evidence ?? [];
  if (files.length === 0) return html``;
  return html`<section class="sheet evidence" aria-labelledby="evidence">
    <h2 id="evidence">${text.evidence}</h2>
    ${files.map((file, index) => {
      const address = `${addressOf(run.run, incident.id)}/evidence/${index}`;
      return /^image\/(png|jpeg|webp)$/.test(file.mediaType)
        ? html`<a href="${address}"><img src="${address}" alt="${text.evidenceOf(file.name)}" /></a>`
        : html`<p><a href="${address}" download>${outside(file.name)}</a></p>`;
    })}
  </section>`;
}

function acts(view: DeskView, page: IncidentPage): Html {
  const { acts: text, heading } = { acts: view.desk.operating.acts, heading: view.desk.operating.acts.heading };
  const { run, incident } = page.parked;
  const form = (content: Html): Html =>
    html`<form method="post" action="${addressOf(run.run, incident.id)}" class="sheet act">
      ${csrfField(view)}${content}
    </form>`;
  return html`<h2>${heading}</h2>
    ${incident.problem.unconfirmed === undefined ? '' : unconfirmed(text, form)}
    ${form(
      html`<p class="soft" id="h-retry">${text.retryHint}</p>
        <button class="primary" name="act" value="retry" aria-describedby="h-retry">${text.retry}</button>`,
    )}
    ${incident.with === undefined ? '' : changed(view, page, form)}
    ${form(
      html`<label for="assignee">${text.assignee}</label>${operatorChoice('assignee', page.operators)}
        <button name="act" value="assign" class="plain">${text.assign}</button>`,
    )}
    ${form(
      html`<p class="soft">${text.skipHint}</p>
        <label for="output">${text.skipOutput}</label>
        <textarea id="output" name="output" spellcheck="false" rows="2"></textarea>
        <button name="act" value="skip" class="plain">${text.skip}</button>`,
    )}
    ${form(
      html`<p class="soft">${text.endHint}</p>
        <label for="reason">${text.reason}</label>
        <textarea id="reason" name="reason" maxlength="2000" rows="2"></textarea>
        <button name="act" value="end" class="danger">${text.end}</button>`,
    )}`;
}

/** An effect whose outcome is unknown: only a person can say which it was. */
function unconfirmed(text: DeskView['desk']['operating']['acts'], form: (content: Html) => Html): Html {
  return html`${form(
    html`<p class="soft" id="h-confirm">${text.confirmHint}</p>
      <label for="record">${text.record}</label>
      <input id="record" name="record" maxlength="200" autocomplete="off" />
      <button class="primary" name="act" value="confirm" aria-describedby="h-confirm">${text.confirm}</button>`,
  )}
  ${form(
    html`<p class="soft" id="h-none">${text.noneHint}</p>
      <button class="danger" name="act" value="none" aria-describedby="h-none">${text.none}</button>`,
  )}`;
}

/** The arguments of the call: each leaf a field, and all of it as JSON for what fields cannot say. */
function changed(view: DeskView, page: IncidentPage, form: (content: Html) => Html): Html {
  const { acts: text } = view.desk.operating;
  const args = page.parked.incident.with;
  const leaves = leavesOf(args);
  const fields = html`<fieldset class="leaves">
    <legend>${text.fields}</legend>
    ${leaves.map(({ path, value }) => {
      const id = `v-${path}`;
      const shown = page.typed?.get(path) ?? String(value);
      const label = html`<label for="${id}">${outside(path)}</label>`;
      if (typeof value === 'boolean') {
        const checked = page.typed ? page.typed.get(path) === 'yes' : value;
        return html`<p>
          ${label}<input type="checkbox" id="${id}" name="v.${path}" value="yes" ${checked ? html`checked` : ''} />
        </p>`;
      }
      if (shown.length > LONG_TEXT || shown.includes('\n')) {
        return html`<p>${label}<textarea id="${id}" name="v.${path}" rows="3">${shown}</textarea></p>`;
      }
      return html`<p>${label}<input id="${id}" name="v.${path}" value="${shown}" autocomplete="off" /></p>`;
    })}
  </fieldset>`;
  const json = page.json ?? JSON.stringify(args, undefined, 2);
  return html`<details class="changed" ${page.typed || page.json !== undefined ? html`open` : ''}>
    <summary>${text.retryWith}</summary>
    <p class="soft">${text.retryWithHint}</p>
    ${leaves.length === 0 ? '' : form(html`${fields}<button class="primary" name="act" value="retry-fields">${text.retryWith}</button>`)}
    <details ${page.json === undefined ? '' : html`open`}>
      <summary class="quiet">${text.asJson}</summary>
      ${form(
        html`<label for="with" class="visually-hidden">${text.asJson}</label>
          <textarea id="with" name="with" rows="14" spellcheck="false" class="code">${json}</textarea>
          <button class="primary" name="act" value="retry-json">${text.retryWith}</button>`,
      )}
    </details>
  </details>`;
}
