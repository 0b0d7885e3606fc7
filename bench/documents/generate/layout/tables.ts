import { Big } from 'big.js';
import { html } from 'hono/html';
import type { Html } from '../../../../demo/documents/layouts/parts.ts';
import type { RandomSource } from '../../../random.ts';
import type { Printer } from './look.ts';

/** The invoice's lines. */
export function linesTable(print: Printer, random: RandomSource): Html {
  const { content, look } = print;
  const { columns } = content.wording;
  const rates = look.showRateColumn && !content.withoutVat;
  const heads = [
    columns.position,
    random.pick(columns.article),
    random.pick(columns.quantity),
    columns.unit,
    random.pick(columns.price),
    ...(rates ? [random.pick(columns.rate)] : []),
    random.pick(columns.amount),
  ];
  return html`<table class="lines ${look.table}">
    <thead>
      <tr>
        ${heads.map((head) => html`<th>${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${content.lines.map(
        (line, index) =>
          html`<tr>
            <td>${index + 1}</td>
            <td>${line.name}</td>
            <td class="n">${print.amount(line.quantity)}</td>
            <td>${line.unit}</td>
            <td class="n">${print.amount(line.unitPrice)}</td>
            ${rates ? html`<td class="n">${print.rate(line.rate)}</td>` : ''}
            <td class="n">${print.amount(line.amount)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** True where net and VAT stand on the paper with labels of their own. */
export const printsParts = ({ content, look }: Printer): boolean =>
  !content.withoutVat || look.totals === 'summary' || look.totals === 'summary and total';

/** Net, VAT by rate, gross, what was paid and what is left. */
export function totalsBlock(print: Printer): Html {
  const { look } = print;
  const withSummary = look.totals === 'summary' || look.totals === 'summary and total';
  const rows = totalRows(print);
  const table = html`<table class="totals">
    ${rows.map(
      ([label, value], index) =>
        html`<tr class="${index === rows.length - 1 ? 'last' : ''}">
          <td>${print.label(label)}</td>
          <td class="n">${value}</td>
        </tr>`,
    )}
  </table>`;
  const place = look.totals === 'left' ? 'at-left' : look.totals === 'wide' ? 'wide' : 'at-right';
  return html`<div class="sums ${place}">${withSummary ? summary(print) : ''}${table}</div>`;
}

function totalRows(print: Printer): [string, string][] {
  const { content, look } = print;
  const { words } = look;
  const paid: [string, string][] =
    content.prepaid === '0'
      ? []
      : [
          [words.paid, print.money(content.prepaid)],
          [words.payable, print.money(new Big(content.gross).minus(content.prepaid).toFixed(2))],
        ];
  if (look.totals === 'summary') {
    return paid.length > 0
      ? [[words.gross, print.money(content.gross)], ...paid]
      : [[words.payable, print.money(content.gross)]];
  }
  const parts: [string, string][] = content.withoutVat
    ? []
    : [
        [words.net, print.money(content.net)],
        ...content.breakdown.map(({ rate, vat }): [string, string] => {
          const named = words.vat.includes('#')
            ? words.vat
            : content.breakdown.length > 1
              ? `${words.vat} #`
              : words.vat;
          return [named.replace('#', print.rate(rate)), print.money(vat)];
        }),
      ];
  const shown = look.totals === 'summary and total' ? [] : parts;
  return [...shown, [words.gross, print.money(content.gross)], ...paid];
}

/** Net, VAT and gross by rates, with their sums. */
function summary(print: Printer): Html {
  const { content } = print;
  const { heads, total } = content.wording.summary;
  const row = (name: string, cells: readonly string[]) =>
    html`<tr>
      <td>${name}</td>
      ${cells.map((cell) => html`<td class="n">${print.amount(cell)}</td>`)}
    </tr>`;
  return html`<table class="summary ${print.look.table}">
    <tr>
      ${heads.map((head) => html`<th>${head}</th>`)}
    </tr>
    ${content.breakdown.map(({ rate, net, vat, gross }) => row(print.rate(rate), [net, vat, gross]))}
    ${row(total, [content.net, content.vat, content.gross])}
  </table>`;
}
