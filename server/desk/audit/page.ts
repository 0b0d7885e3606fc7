import { html } from 'hono/html';
import { formatInstant } from '../../../core/messages/format.ts';
import type { ChainedEntry } from '../../../store/audit-chain.ts';
import type { Verification } from '../../../store/audit.ts';
import type { Html } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';
import type { DeskView } from '../frame.ts';
import { csrfField, deskPage } from '../frame.ts';

export type AuditPage = {
  entries: readonly ChainedEntry[];
  run?: string | undefined;
  isLast: boolean;
  verification?: Verification;
};

/** The trail, newest first, with its verification and its export. */
export function auditPage(view: DeskView, page: AuditPage): Html {
  const { audit: text } = view.desk;
  const filter = page.run === undefined ? '' : `&run=${encodeURIComponent(page.run)}`;
  const oldest = page.entries.at(-1)?.seq;
  const body = html`<p>${text.lead}</p>
    <div class="tools">
      <form method="post" action="/audit/verify">${csrfField(view)}<button>${text.verify}</button></form>
      <a class="button plain" href="/audit/export.csv?${filter}" download>${text.csv}</a>
      <a class="button plain" href="/audit/export.jsonl?${filter}" download>${text.jsonl}</a>
    </div>
    <form method="get" action="/audit" class="inline">
      <p><label for="run">${text.filter}</label><input id="run" name="run" value="${page.run ?? ''}" /></p>
      <button class="plain">${text.show}</button>
    </form>
    ${page.entries.length === 0 ? html`<p>${text.none}</p>` : table(view, page.entries)}
    <p class="tools">
      <a href="/audit">${text.newest}</a>
      ${page.isLast || oldest === undefined ? '' : html`<a href="/audit?below=${oldest}${filter}">${text.older}</a>`}
    </p>`;
  const told = page.verification;
  const whole = told && told.brokenAt === undefined ? text.whole(told.entries) : undefined;
  const problem = told?.brokenAt === undefined ? undefined : text.broken(told.brokenAt);
  return deskPage(view, { title: text.title, here: 'audit', body, notice: whole, problem });
}

function table(view: DeskView, entries: readonly ChainedEntry[]): Html {
  const { audit: text } = view.desk;
  const { columns } = text;
  return html`<div class="scroll sheet" tabindex="0" role="region" aria-label="${text.title}">
    <table class="trail">
      <thead>
        <tr>
          ${Object.values(columns).map((label) => html`<th scope="col">${label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${entries.map(
          (entry) =>
            html`<tr>
              <td class="number">${entry.seq}</td>
              <td>${formatInstant(new Date(entry.at), view.language, view.timeZone)}</td>
              <td>${outside(entry.actor)}</td>
              <td>${outside(entry.action)}</td>
              <td>${outside(entry.run ?? '')}</td>
              <td>${details(entry)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** What an entry says beside who, when and what; often nothing. */
function details(entry: ChainedEntry): Html {
  const shown = JSON.stringify(entry.details);
  return shown === '{}' ? html`` : html`<code>${outside(shown)}</code>`;
}
