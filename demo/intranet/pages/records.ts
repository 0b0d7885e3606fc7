import { html } from 'hono/html';
import { computeTotals } from '../calculation.ts';
import type { Posting } from '../model.ts';
import { showDate, tableAmount, warsawTime } from '../polish.ts';
import { caption, page, type Html } from './layout.ts';

/** Rows of one page of results. */
export const PAGE_ROWS = 20;

export type SearchQuery = { supplier: string; number: string; page: number };

/** Search by supplier and invoice number. `found` is undefined before the first search. */
export function searchPage(query: SearchQuery, found: readonly Posting[] | undefined): Html {
  return page(
    'ZK020',
    html`${caption('ZK020', 'Wyszukiwanie dokumentów zakupu')}
      <form method="post" action="/ZK020.asp">
        <input type="hidden" name="H_STR" value="1" />
        <table border="1" cellpadding="2" cellspacing="0" bgcolor="#ECE9D8">
          <tr>
            <td>Kontrahent (nazwa/NIP)</td>
            <td><input type="text" name="S_01" size="28" value="${query.supplier}" /></td>
          </tr>
          <tr>
            <td>Nr dok. obcy</td>
            <td><input type="text" name="S_02" size="28" value="${query.number}" /></td>
          </tr>
          <tr>
            <td colspan="2"><input type="submit" name="AKCJA" value="Szukaj" /></td>
          </tr>
        </table>
      </form>
      ${found === undefined ? '' : results(query, found)}`,
  );
}

function results(query: SearchQuery, found: readonly Posting[]): Html {
  if (found.length === 0) return html`<font face="Verdana" size="2">Nie znaleziono dokumentów.</font>`;
  const first = (query.page - 1) * PAGE_ROWS;
  const more = found.length > first + PAGE_ROWS;
  return html`${postingTable(found.slice(first, first + PAGE_ROWS))}
  ${
    more
      ? html`<form method="post" action="/ZK020.asp">
          <input type="hidden" name="S_01" value="${query.supplier}" />
          <input type="hidden" name="S_02" value="${query.number}" /><input
            type="hidden"
            name="H_STR"
            value="${query.page + 1}"
          />
          <input type="submit" name="AKCJA" value="Nast&#281;pna" />
        </form>`
      : ''
  }`;
}

function postingTable(postings: readonly Posting[]): Html {
  return html`<table border="1" cellpadding="2" cellspacing="0" bgcolor="#FFFFFF">
    <tr bgcolor="#C0C0C0">
      <td>Nr ewid.</td>
      <td>Kontrahent</td>
      <td>NIP</td>
      <td>Nr dok. obcy</td>
      <td>Data wyst.</td>
      <td>Brutto</td>
      <td>Wal.</td>
    </tr>
    ${postings.map(
      (one) =>
        html`<tr>
          <td><a href="/ZK021.asp?ID=${one.record}">${one.record}</a></td>
          <td>${one.supplierName}</td>
          <td>${one.supplierVatId}</td>
          <td>${one.number}</td>
          <td>${showDate(one.issueDate)}</td>
          <td align="right">${tableAmount(one.gross)}</td>
          <td>${one.currency}</td>
        </tr>`,
    )}
  </table>`;
}

/** One record, label and value in neighbouring cells. */
export function detailPage(one: Posting): Html {
  const cells: Array<[string, string]> = [
    ['Nr ewidencyjny', one.record],
    ['Status', 'Zaksięgowany'],
    ['Kontrahent', one.supplierName],
    ['Symbol', one.supplierId],
    ['NIP', one.supplierVatId],
    ['Nr dok. obcy', one.number],
    ['Data wyst.', showDate(one.issueDate)],
    ['Data sprz.', showDate(one.saleDate)],
    ['Termin pł.', showDate(one.dueDate)],
    ['Data ks.', showDate(one.bookingDate)],
    ['Waluta', one.currency],
    ['Kurs', one.exchangeRate.replace('.', ',')],
    ['Netto', tableAmount(one.net)],
    ['VAT', tableAmount(one.vat)],
    ['Brutto', tableAmount(one.gross)],
    ['Konto Wn', one.account],
    ['MPK', one.costCentre],
    ['Rach. bank.', one.iban],
    ['MPP', one.splitPayment ? 'TAK' : 'NIE'],
    ['Nr KSeF', one.ksefNumber],
    ['Opis', one.description],
    ['Operator', `${one.postedBy}, ${warsawTime(new Date(one.postedAt))}`],
  ];
  return page(
    'ZK021',
    html`${caption('ZK021', 'Dokument zakupu')}
      <table border="1" cellpadding="2" cellspacing="0" bgcolor="#ECE9D8">
        ${cells.map(
          ([label, value]) =>
            html`<tr>
              <td>${label}</td>
              <td bgcolor="#FFFFFF">${value === '' ? html`&nbsp;` : value}</td>
            </tr>`,
        )}
      </table>`,
  );
}

/** VAT purchase register of one month ("2026-11") with totals by currency. */
export function registerPage(month: string, months: readonly string[], postings: readonly Posting[]): Html {
  const shown = postings.filter((one) => one.bookingDate.startsWith(month));
  const currencies = [...new Set(shown.map((one) => one.currency))];
  const total = (currency: string) => computeTotals(shown.filter((one) => one.currency === currency).flatMap(toLine));
  return page(
    'ZK030',
    html`${caption('ZK030', 'Rejestr zakupów VAT')}
      <form method="post" action="/ZK030.asp">
        <table>
          <tr>
            <td>Miesiąc</td>
            <td>
              <select name="R_01" onchange="submit()">
                ${months.map((one) => html`<option value="${one}" ${one === month ? 'SELECTED' : ''}>${one}</option>`)}
              </select>
            </td>
          </tr>
        </table>
      </form>
      ${postingTable(shown)}<br />
      <table border="1" cellpadding="2" cellspacing="0">
        <tr bgcolor="#C0C0C0">
          <td>Wal.</td>
          <td>Netto</td>
          <td>VAT</td>
          <td>Brutto</td>
        </tr>
        ${currencies.map((currency) => {
          const { net, vat, gross } = total(currency);
          return html`<tr>
            <td>${currency}</td>
            ${[net, vat, gross].map((amount) => html`<td align="right">${tableAmount(amount)}</td>`)}
          </tr>`;
        })}
      </table>`,
  );
}

/** A posting's totals, corrections included, as one row. */
const toLine = (one: Posting) => [{ rate: 'np' as const, net: one.net, vat: one.vat, gross: one.gross }];
