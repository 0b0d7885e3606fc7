import { html } from 'hono/html';
import { formatMoney } from '../../core/messages/format.ts';
import type { About } from '../../core/model/about.ts';
import { amountIn, headingOf, isSubject } from '../../core/model/about.ts';
import { messagesAbout } from '../site/messages/about.ts';
import type { Html, View } from '../site/layout.ts';
import { outside } from '../site/layout.ts';
import type { ApprovalRow } from '../../store/approvals.ts';
import { findingList, invoiceFacts, invoiceTables } from './invoice-view.ts';
import { subjectFacts, subjectTable } from './subject-view.ts';

/** The view with the words of this case: nobody reads "invoice" where there is none. */
export function viewAbout(view: View, approval: Pick<ApprovalRow, 'about' | 'kind'>): View {
  return { ...view, text: messagesAbout(view.language, [approval]) };
}

/** What a person knows the case by: the supplier of an invoice, the title of a subject. */
export function headingText(about: About, view: View): string {
  return headingOf(about) ?? view.text.unknownSupplier;
}

/** The amount in words; undefined for a subject that has none. That of an invoice was not read, which people must know. */
export function amountText(about: About, view: View): string | undefined {
  const known = amountIn(about);
  if (known) return formatMoney(known.amount, known.currency, view.language);
  return isSubject(about) ? undefined : view.text.noAmount;
}

/** What it is about and how much: what a person must see first. */
export function headline(about: About, view: View, level: 1 | 2 = 1): Html {
  const heading = outside(headingText(about, view));
  const amount = amountText(about, view);
  return html`${level === 1 ? html`<h1>${heading}</h1>` : html`<h2>${heading}</h2>`}
  ${amount === undefined ? '' : html`<p class="amount">${amount}</p>`}`;
}

/** The facts that a decision rests on. `nameOf` gives a person's name by their address. */
export function facts(about: About, view: View, nameOf?: (email: string) => string): Html {
  return isSubject(about) ? subjectFacts(about, view, nameOf) : invoiceFacts(about, view);
}

/** What checks found. A subject that nobody checked has no remarks to be without. */
export function remarks({ about, findings }: Pick<ApprovalRow, 'about' | 'findings'>, view: View): Html {
  return isSubject(about) && findings.length === 0 ? html`` : findingList(findings, view);
}

/** Rows to look at: lines and VAT of an invoice, the table of a subject. */
export function tables(about: About, view: View): Html {
  return isSubject(about) ? subjectTable(about, view) : invoiceTables(about, view);
}
