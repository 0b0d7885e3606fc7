import { html } from 'hono/html';
import { factText, labelText } from '../../core/messages/fact-texts.ts';
import { formatDate, formatMoney } from '../../core/messages/format.ts';
import { MoneyText, parseMoney } from '../../core/model/money.ts';
import type { Fact, Subject, SubjectTable } from '../../core/model/subject.ts';
import type { Html, View } from '../site/layout.ts';
import { outside } from '../site/layout.ts';
import { factList } from './invoice-view.ts';

/** Who asks, then the facts in their own order. A long text keeps its lines. */
export function subjectFacts(subject: Subject, view: View, nameOf = (email: string): string => email): Html {
  const { requester } = subject;
  const asked =
    requester === undefined ? [] : [{ label: view.text.facts.requester, value: outside(nameOf(requester)) }];
  return factList([
    ...asked,
    ...subject.facts.map((fact) => ({
      label: labelText(fact.label, view.language),
      value: valueOf(fact, view, nameOf),
    })),
  ]);
}

function valueOf(fact: Fact, view: View, nameOf: (email: string) => string): Html {
  if (fact.kind === 'link') {
    return html`<a href="${fact.value}" rel="noopener noreferrer">${outside(fact.value)}</a>`;
  }
  const lines = factText(fact, view.language, nameOf).split('\n');
  return html`${lines.map((line, i) => html`${i > 0 ? html`<br />` : ''}${outside(line)}`)}`;
}

/** The rows of a subject, in a box that scrolls by itself on a narrow screen. */
export function subjectTable({ table }: Subject, view: View): Html {
  if (!table || table.rows.length === 0) return html``;
  const { heading } = view.text.lines;
  return html`<div class="sheet tables">
    <section aria-labelledby="lines">
      <h2 id="lines">${heading}</h2>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="lines">
        <table>
          <thead>
            <tr>
              ${table.columns.map(({ label, kind }) => html`<th scope="col" class="${sideOf(kind)}">${outside(labelText(label, view.language))}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${table.rows.map(
              (row) =>
                html`<tr>
                  ${table.columns.map(({ kind }, i) => html`<td class="${sideOf(kind)}">${outside(cellText(row[i] ?? '', kind, view))}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>
  </div>`;
}

type Kind = SubjectTable['columns'][number]['kind'];

function sideOf(kind: Kind): string {
  return kind === 'number' || kind === 'money' ? 'number' : '';
}

function cellText(cell: string, kind: Kind, { language }: View): string {
  if (kind === 'date') return formatDate(cell, language);
  if (kind !== 'money' || !MoneyText.safeParse(cell).success) return cell;
  const { amount, currency } = parseMoney(cell);
  return formatMoney(amount, currency, language);
}
