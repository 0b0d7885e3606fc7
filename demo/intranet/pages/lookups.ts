import { html } from 'hono/html';
import type { Supplier } from '../model.ts';
import { caption, page, type Html } from './layout.ts';

/** Rows that a look-up window shows; whoever needs another has to search. */
export const LOOKUP_ROWS = 10;

/** Window that picks a supplier and writes symbol and name back into the window that opened it. */
export function supplierLookup(query: string, found: readonly Supplier[]): Html {
  const rows = found
    .slice(0, LOOKUP_ROWS)
    .map((one) => [write({ H_011: one.id, F_012: one.name }), one.id, one.name, one.vatId, one.city] as const);
  return lookup('SL001', 'Słownik kontrahentów', 'Nazwa lub NIP', query, ['Symbol', 'Nazwa', 'NIP', 'Miasto'], rows);
}

/** Window that picks an account of the chart of accounts. */
export function accountLookup(query: string, found: ReadonlyArray<readonly [string, string]>): Html {
  const rows = found.slice(0, LOOKUP_ROWS).map(([code, name]) => [write({ F_055: code }), code, name] as const);
  return lookup('SL002', 'Plan kont', 'Konto lub nazwa', query, ['Konto', 'Nazwa'], rows);
}

/** Script that fills fields of the opener and closes the window. */
function write(values: Record<string, string>): string {
  const sets = Object.entries(values).map(
    ([name, value]) => `opener.document.forms[0].elements['${name}'].value=${quoted(value)};`,
  );
  return `${sets.join('')}window.close();return false`;
}

/** A JavaScript string in single quotes for an attribute; the attribute's own escaping is done by `html`. */
const quoted = (text: string): string =>
  `'${text.replaceAll(/[\\'<>]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`)}'`;

type Row = readonly [script: string, ...cells: string[]];

function lookup(code: string, title: string, label: string, query: string, heads: string[], rows: Row[]): Html {
  const line = ([script, ...cells]: Row) =>
    html`<tr>
      <td><a href="#" onclick="${script}">${cells[0]}</a></td>
      ${cells.slice(1).map((cell) => html`<td>${cell}</td>`)}
    </tr>`;
  return page(
    title,
    html`${caption(code, title)}
      <form method="post" action="/${code}.asp">
        <table>
          <tr>
            <td>${label}</td>
            <td><input type="text" name="Q_01" size="24" value="${query}" /></td>
            <td><input type="submit" name="AKCJA" value="Szukaj" /></td>
          </tr>
        </table>
      </form>
      <table border="1" cellpadding="2" cellspacing="0" bgcolor="#FFFFFF" width="100%">
        <tr bgcolor="#C0C0C0">
          ${heads.map((head) => html`<td><b>${head}</b></td>`)}
        </tr>
        ${
          rows.length === 0
            ? html`<tr>
                <td colspan="${heads.length}">Brak pozycji.</td>
              </tr>`
            : rows.map(line)
        }
      </table>`,
  );
}
