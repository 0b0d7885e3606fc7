import { html } from 'hono/html';
import { formatInstant } from '../../../core/messages/format.ts';
import { invoiceOf } from '../../../core/model/about.ts';
import type { FieldGroup } from './invoice-fields.ts';
import { FIELDS } from './invoice-fields.ts';
import { invoiceToForm } from './invoice-form.ts';
import type { Visit } from '../request-state.ts';
import type { Again, Around } from '../form-shown-again.ts';
import { aroundSection } from '../discussion/view.ts';
import type { Company } from './others-view.ts';
import { companyNotes } from './others-view.ts';
import { findingList } from '../invoice-view.ts';
import type { Html, View } from '../../site/layout.ts';
import { layout, outside } from '../../site/layout.ts';
import { rejectForm } from '../approval/reject-view.ts';
import { fieldRow, lineRows, vatRows } from './fields-view.ts';
import { pageImages } from './images-view.ts';

const GROUPS: readonly FieldGroup[] = ['invoice', 'seller', 'buyer', 'totals', 'payment'];

/** The validation station: the page image beside the fields. Tab walks the fields, Enter confirms, without scripts. */
export function stationPage(
  visit: Visit,
  view: View,
  pageToken: string,
  company: Company,
  around: Around,
  again: Again = {},
): Html {
  const { approval } = visit.dossier;
  const invoice = invoiceOf(approval.about);
  const { text } = view;
  const form = again.typed ?? invoiceToForm(invoice, view.language);
  const wrong = again.wrong ?? new Map<string, string>();
  const action = `/a/${visit.link.token}`;
  const group = (name: FieldGroup): Html =>
    html`<fieldset class="${name}">
      <legend>${text.station.groups[name]}</legend>
      ${FIELDS.filter((spec) => spec.group === name).map((spec) => fieldRow(spec, form, approval, wrong, view))}
    </fieldset>`;
  const body = html`<a class="skip" href="#fields">${text.title.validation}</a>
    <header class="top">
      <span class="company">${outside(view.company)}</span><span class="soft">${text.askedTo(visit.person.name)}</span>
    </header>
    <main>
      ${pageImages(visit, view)}
      <div class="fields" id="fields">
        <div class="lead">
          <h1>${text.title.validation}</h1>
          <p class="soft">${text.station.lead} <span class="keys">${text.station.keys}</span></p>
        </div>
        ${again.problem ? html`<p class="problem" role="alert">${again.problem}</p>` : ''}
        ${findingList(approval.findings, view)}
        <form method="post" action="${action}" class="station" id="station" data-draft="${action}/draft">
          <input type="hidden" name="page" value="${pageToken}" />
          ${GROUPS.map(group)} ${vatRows(form, invoice, wrong, view)} ${lineRows(form, invoice, wrong, view)}
          <div class="actions">
            ${companyNotes(company, view)}
            <button class="primary" name="decision" value="checked">${text.station.submit}</button>
          </div>
        </form>
        ${rejectForm(action, pageToken, { open: text.station.reject, reason: text.station.rejectReason, reject: text.decide.rejectNow }, again)}
        <p class="soft until">${text.decide.until(formatInstant(approval.expires_at, view.language, view.timeZone))}</p>
        ${aroundSection(visit, view, pageToken, around, again)}
      </div>
    </main>`;
  return layout(view, { title: text.title.validation, body, kind: 'station', scripts: ['page.js', 'station.js'] });
}
