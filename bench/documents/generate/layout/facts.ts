import { html } from 'hono/html';
import type { Html } from '../../../../demo/documents/layouts/parts.ts';
import type { Printer } from './look.ts';

/** Label and value. */
export type Fact = readonly [label: string, value: string];

/** Numbers and dates of the paper, in the order of print. */
export function factsOf(print: Printer): Fact[] {
  const { content, look } = print;
  const { words } = look;
  const withDate = look.due !== 'terms' && content.kind !== 'receipt';
  return [
    [words.number, content.number],
    [words.issueDate, print.date(content.issueDate)],
    ...(look.showSaleDate ? [[words.saleDate, print.date(content.saleDate)] as const] : []),
    ...(withDate ? [[words.dueDate, print.date(content.dueDate)] as const] : []),
    ...(look.showOrder ? [[words.orderNumber, content.orderNumber] as const] : []),
    ...(look.showCustomer ? [[words.customerNumber, content.customerNumber] as const] : []),
    ...(content.kind === 'correction' ? [[words.corrects, content.corrected] as const] : []),
  ];
}

/** Facts as the look wants them. */
export function factsBlock(facts: readonly Fact[], print: Printer): Html {
  const { facts: style } = print.look;
  if (style === 'below')
    return html`<div class="facts below">
      ${facts.map(([label, value]) => html`<div><small>${print.label(label)}</small><br />${value}</div>`)}
    </div>`;
  if (style === 'heads')
    return html`<table class="facts heads">
      <tr>
        ${facts.map(([label]) => html`<th>${print.label(label)}</th>`)}
      </tr>
      <tr>
        ${facts.map(([, value]) => html`<td>${value}</td>`)}
      </tr>
    </table>`;
  if (style === 'running')
    return html`<div>${facts.map(([label, value]) => html`<div>${print.label(label)} ${value}</div>`)}</div>`;
  return html`<table class="facts">
    ${facts.map(
      ([label, value]) =>
        html`<tr>
          <td>${print.label(label)}</td>
          <td>${value}</td>
        </tr>`,
    )}
  </table>`;
}
