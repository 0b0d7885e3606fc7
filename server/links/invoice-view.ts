import { html } from 'hono/html';
import { findingText } from '../../core/messages/findings.ts';
import { daysUntil, formatAmount, formatDate, formatIban, formatMoney } from '../../core/messages/format.ts';
import type { Finding, Invoice, InvoiceLine } from '../../core/model/invoice.ts';
import type { Html, View } from '../site/layout.ts';
import { outside } from '../site/layout.ts';

/** The facts that a decision rests on, in the order in which people ask for them. */
export function invoiceFacts(invoice: Invoice, view: View): Html {
  const { text, language } = view;
  const money = (amount: string | undefined): string | undefined =>
    amount === undefined ? undefined : formatMoney(amount, invoice.currency, language);
  const date = (value: string | undefined): string | undefined => value && formatDate(value, language);
  const rows: [string, string | undefined, string?][] = [
    [text.facts.number, invoice.number],
    [text.facts.due, date(invoice.dueDate), dueNote(invoice, view)],
    [text.facts.issued, date(invoice.issueDate)],
    [text.facts.sold, date(invoice.saleDate)],
    [text.facts.net, money(invoice.totals.net)],
    [text.facts.vat, money(invoice.totals.vat)],
    [text.facts.account, invoice.payment.iban && formatIban(invoice.payment.iban)],
    [text.facts.splitPayment, invoice.payment.splitPayment ? text.facts.yes : undefined],
    [text.facts.supplierVatId, invoice.seller.vatId],
    [text.facts.buyer, invoice.buyer.name],
    [text.facts.order, invoice.references.order],
    [text.facts.ksef, invoice.references.ksefNumber],
    [text.facts.corrects, invoice.references.corrected],
  ];
  const shown = rows.filter((row): row is [string, string, string?] => Boolean(row[1]));
  return factList(
    shown.map(([label, value, note]) => ({
      label,
      value: html`${outside(value)}${note ? html` <span class="soft">${note}</span>` : ''}`,
    })),
  );
}

function dueNote(invoice: Invoice, view: View): string | undefined {
  if (!invoice.dueDate) return undefined;
  const days = daysUntil(invoice.dueDate, view.now, view.timeZone);
  return days < 0 ? view.text.daysAgo(-days) : view.text.inDays(days);
}

/** Labels with their values, one under another on a phone. */
export function factList(facts: readonly { label: string; value: Html }[]): Html {
  return html`<dl class="facts">
    ${facts.map(
      ({ label, value }) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** What the checks found, important things first. */
export function findingList(findings: readonly Finding[], view: View): Html {
  const { heading, blocking, none } = view.text.findings;
  if (findings.length === 0) return html`<p class="checks">${none}</p>`;
  const sorted = [...findings].sort((a, b) => Number(b.blocking) - Number(a.blocking));
  return html`<section class="findings" aria-labelledby="findings">
    <h2 id="findings">${heading}</h2>
    <ul>
      ${sorted.map(
        (finding) =>
          html`<li class="${finding.blocking ? 'blocking' : 'note'}">
            ${finding.blocking ? html`<strong>${blocking}:</strong> ` : ''}${outside(findingText(finding, view.language))}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Lines and VAT, each a table that scrolls inside its own box on a narrow screen. */
export function invoiceTables(invoice: Invoice, view: View): Html {
  if (invoice.lines.length === 0 && invoice.vatBreakdown.length === 0) return html``;
  return html`<div class="sheet tables">
    ${invoice.lines.length > 0 ? lineTable(invoice.lines, view) : ''}${invoice.vatBreakdown.length > 0 ? vatTable(invoice, view) : ''}
  </div>`;
}

function lineTable(lines: readonly InvoiceLine[], view: View): Html {
  const { text, language } = view;
  const amount = (value: string | undefined): string => (value === undefined ? '' : formatAmount(value, language));
  return html`<section aria-labelledby="lines">
    <h2 id="lines">${text.lines.heading}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="lines">
      <table>
        <thead>
          <tr>
            <th scope="col">${text.lines.name}</th>
            <th scope="col" class="number">${text.lines.quantity}</th>
            <th scope="col" class="number">${text.lines.net}</th>
            <th scope="col" class="number">${text.lines.rate}</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            (line) =>
              html`<tr>
                <td>${outside(line.name ?? '')}</td>
                <td class="number">
                  ${line.quantity === undefined ? '' : plainNumber(line.quantity, language)} ${outside(line.unit ?? '')}
                </td>
                <td class="number">${amount(line.net)}</td>
                <td class="number">${rate(line.vatRate)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function vatTable(invoice: Invoice, view: View): Html {
  const { text, language } = view;
  return html`<section aria-labelledby="vat">
    <h2 id="vat">${text.vat.heading}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="vat">
      <table>
        <thead>
          <tr>
            <th scope="col">${text.vat.rate}</th>
            <th scope="col" class="number">${text.vat.net}</th>
            <th scope="col" class="number">${text.vat.vat}</th>
          </tr>
        </thead>
        <tbody>
          ${invoice.vatBreakdown.map(
            (row) =>
              html`<tr>
                <td>${rate(row.rate)}</td>
                <td class="number">${formatAmount(row.net, language)}</td>
                <td class="number">${formatAmount(row.vat, language)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** "23" is per cent; "zw" is a word of the law. */
function rate(value: string | undefined): Html {
  if (value === undefined) return html``;
  return /^\d/.test(value) ? html`${value.replace(/\s*%$/, '')} %` : outside(value);
}

function plainNumber(value: string, language: View['language']): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 8 }).format(value as Intl.StringNumericLiteral);
}
