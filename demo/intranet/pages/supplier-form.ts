import { html } from 'hono/html';
import { caption, errorLines, page, type Html } from './layout.ts';

export const SUPPLIER_FIELDS = [
  ['K_01', 'Nazwa', 60],
  ['K_02', 'NIP / VAT UE', 20],
  ['K_03', 'Kraj', 2],
  ['K_04', 'Ulica', 60],
  ['K_05', 'Kod', 10],
  ['K_06', 'Miasto', 40],
  ['K_07', 'Rach. bank.', 40],
] as const;

/** New supplier. Saved without a word, as everything here: an empty form comes back. */
export function supplierForm(values: Record<string, string>, errors: readonly string[]): Html {
  return page(
    'KT010',
    html`${caption('KT010', 'Kontrahenci - nowy')} ${errorLines(errors)}
      <form method="post" action="/KT010.asp">
        <table border="1" cellpadding="2" cellspacing="0" bgcolor="#ECE9D8">
          ${SUPPLIER_FIELDS.map(
            ([name, label, max]) =>
              html`<tr>
                <td>${label}</td>
                <td>
                  <input
                    type="text"
                    name="${name}"
                    size="${Math.min(max, 40)}"
                    maxlength="${max}"
                    value="${values[name] ?? ''}"
                  />
                </td>
              </tr>`,
          )}
          <tr>
            <td colspan="2"><input type="submit" name="AKCJA" value="Zapisz" /></td>
          </tr>
        </table>
      </form>`,
  );
}
