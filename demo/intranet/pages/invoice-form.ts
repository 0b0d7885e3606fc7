import { html, raw } from 'hono/html';
import { LINE_ROWS } from '../calculation.ts';
import type { Entry } from '../entry.ts';
import { COST_CENTRES, CURRENCIES, VAT_RATES } from '../model.ts';
import { caption, errorLines, page, type Html } from './layout.ts';

/**
 * Entry of a purchase invoice. Labels are cells beside the fields or heads of the table; nothing has an id. The three
 * buttons share one name; look-ups open windows that write back into this one.
 */
export function invoiceForm(entry: Entry, errors: readonly string[]): Html {
  const field = fieldOf(entry);
  return page(
    'ZK010',
    html`${caption('ZK010', 'Rejestracja faktury zakupu')} ${errorLines(errors)}
      <form name="f1" method="post" action="/ZK010.asp">
        ${hidden(entry)}
        <table border="1" cellpadding="2" cellspacing="0" bgcolor="#ECE9D8">
          <tr>
            <td>Kontrahent</td>
            <td colspan="3">
              ${field('F_012', 44, { readonly: true })}
              <input type="button" value="..." onclick="${raw(POPUP('SL001'))}" />
            </td>
          </tr>
          <tr>
            <td>Nr dok. obcy</td>
            <td>${field('F_031', 24, { max: 40 })}</td>
            <td>Waluta</td>
            <td>${currencySelect(entry)} ${exchangeRate(entry)}</td>
          </tr>
          <tr>
            <td>Data wyst.</td>
            <td>${field('F_032', 10, { max: 10 })}</td>
            <td>Data sprz.</td>
            <td>${field('F_033', 10, { max: 10 })}</td>
          </tr>
          <tr>
            <td>Termin pł.</td>
            <td>${field('F_034', 10, { max: 10 })}</td>
            <td>Data ks.</td>
            <td>${field('F_037', 10, { max: 10 })}</td>
          </tr>
          <tr>
            <td>Konto Wn</td>
            <td>
              ${field('F_055', 10, { readonly: true })}
              <input type="button" value="..." onclick="${raw(POPUP('SL002'))}" />
            </td>
            <td>MPK</td>
            <td>${costCentreSelect(entry)}</td>
          </tr>
          <tr>
            <td>Rach. bank.</td>
            <td>${field('F_071', 36, { max: 40 })}</td>
            <td>MPP</td>
            <td><input type="checkbox" name="F_072" value="T" ${entry['F_072'] === 'T' ? 'CHECKED' : ''} /></td>
          </tr>
          <tr>
            <td>Nr KSeF</td>
            <td>${field('F_082', 36, { max: 40 })}</td>
            <td>Opis</td>
            <td>${field('F_081', 30, { max: 60 })}</td>
          </tr>
        </table>
        <br />
        ${vatTable(entry, field)}
        <br /><input type="submit" name="AKCJA" value="Przelicz" />
        <input
          type="submit"
          name="AKCJA"
          value="Księguj"
          onclick="return confirm('Zaksięgować dokument? Operacji nie można cofnąć.')"
        />
        <input type="submit" name="AKCJA" value="Wyczyść" />
      </form>`,
  );
}

const POPUP = (script: string): string => `window.open('/${script}.asp','SLOWNIK','width=560,height=440,scrollbars=1')`;

type Field = (name: string, size: number, options?: { readonly?: boolean; max?: number }) => Html;

const fieldOf =
  (entry: Entry): Field =>
  (name, size, { readonly = false, max = 15 } = {}) =>
    readonly
      ? html`<input type="text" class="c" name="${name}" size="${size}" value="${entry[name] ?? ''}" readonly />`
      : html`<input type="text" name="${name}" size="${size}" maxlength="${max}" value="${entry[name] ?? ''}" />`;

/** H_011: symbol of the supplier, H_099: digest of the recalculation, H_ZD: which event sent the form. */
function hidden(entry: Entry): Html {
  const carried: Array<[string, string]> = [
    ['H_001', '17'],
    ['H_002', 'ZK'],
    ['H_003', 'N'],
    ['H_011', entry['H_011'] ?? ''],
    ['H_099', entry['H_099'] ?? ''],
    ['H_ZD', ''],
  ];
  return html`${carried.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}`;
}

function currencySelect(entry: Entry): Html {
  const chosen = entry['F_035'] ?? 'PLN';
  return html`<select name="F_035" onchange="document.forms[0].H_ZD.value='WALUTA';document.forms[0].submit()">
    ${CURRENCIES.map((code) => option(code, code, code === chosen))}
  </select>`;
}

/** Only foreign currency has a rate; the field appears after the currency select has sent the form. */
function exchangeRate(entry: Entry): Html {
  if ((entry['F_035'] ?? 'PLN') === 'PLN') return html``;
  return html`kurs <input type="text" name="F_036" size="8" maxlength="10" value="${entry['F_036'] ?? ''}" />`;
}

function costCentreSelect(entry: Entry): Html {
  return html`<select name="F_056">
    ${option('', '--', !entry['F_056'])}
    ${COST_CENTRES.map(([code, name]) => option(code, `${code} ${name}`, entry['F_056'] === code))}
  </select>`;
}

function vatTable(entry: Entry, field: Field): Html {
  const rows = Array.from({ length: LINE_ROWS }, (_, index) => index + 1);
  return html`<table border="1" cellpadding="2" cellspacing="0" bgcolor="#ECE9D8">
    <tr bgcolor="#C0C0C0">
      <td>Lp.</td>
      <td>Netto</td>
      <td>Stawka</td>
      <td>VAT</td>
      <td>Brutto</td>
    </tr>
    ${rows.map(
      (row) =>
        html`<tr>
          <td>${row}</td>
          <td>${field(`F_051_${row}`, 14)}</td>
          <td>
            <select name="F_052_${row}">
              ${VAT_RATES.map((rate) => option(rate, rate, rate === (entry[`F_052_${row}`] ?? '23')))}
            </select>
          </td>
          <td>${field(`F_053_${row}`, 12, { readonly: true })}</td>
          <td>${field(`F_054_${row}`, 14, { readonly: true })}</td>
        </tr>`,
    )}
    <tr>
      <td colspan="3" align="right">Kor. zaokr. VAT</td>
      <td>${field('F_057', 12)}</td>
      <td>&nbsp;</td>
    </tr>
    <tr bgcolor="#C0C0C0">
      <td><b>R-m</b></td>
      <td>${field('F_061', 14, { readonly: true })}</td>
      <td>&nbsp;</td>
      <td>${field('F_062', 12, { readonly: true })}</td>
      <td>${field('F_063', 14, { readonly: true })}</td>
    </tr>
  </table>`;
}

const option = (value: string, label: string, selected: boolean): Html =>
  html`<option value="${value}" ${selected ? 'SELECTED' : ''}>${label}</option>`;
