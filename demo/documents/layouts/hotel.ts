import { html } from 'hono/html';
import { BUYER } from '../companies.ts';
import type { DemoInvoice } from '../model.ts';
import { address, amount, date, iban, sheet } from './parts.ts';

const STYLE = `
  body { font: 10.5pt/1.4 "Liberation Serif", "Times New Roman", serif; color: #000; padding: 14mm 20mm 12mm 25mm; background: #fff }
  .mast { text-align: center; border-bottom: 1px solid #000; padding-bottom: 3mm; margin-bottom: 10mm } .mast b { font: 700 19pt P052, "Liberation Serif", serif; letter-spacing: 2px }
  .window { height: 34mm } .window small { font-size: 7pt; text-decoration: underline } .info { float: right } .info td { padding: .3mm 0 .3mm 5mm }
  h1 { font-size: 15pt; margin: 9mm 0 4mm } p { margin: 3mm 0 }
  table.l { width: 100%; margin: 4mm 0 } .l th { border-top: 1px solid #000; border-bottom: 1px solid #000; text-align: left; padding: 1.2mm } .l th.n { text-align: right } .l td { padding: 1.4mm 1.2mm }
  .l tr.sum td { border-top: 1.5px solid #000; font-weight: 700; font-size: 12pt } .v { width: 74% } .v td, .v th { padding: .8mm 1.2mm; text-align: right } .v th { font-weight: 400; border-bottom: 1px solid #000 }
  footer { position: absolute; top: 272mm; left: 25mm; right: 20mm; width: 165mm; border-top: 1px solid #000; padding-top: 2mm; font-size: 8pt; display: flex; justify-content: space-between }`;

/** A German hotel bill as a business letter (DIN 5008): gross prices, VAT shown per rate. Made to be scanned. */
export function hotelLayout(invoice: DemoInvoice): Promise<string> {
  const { seller } = invoice;
  const body = html`<div class="mast">
      <b>TAGUNGSHOTEL LINDENHOF</b><br />${seller.street} · ${seller.postCode} ${seller.city}
    </div>
    <table class="info">
      <tr>
        <td>Rechnungsnummer:</td>
        <td><b>${invoice.number}</b></td>
      </tr>
      <tr>
        <td>Rechnungsdatum:</td>
        <td>${date(invoice.issueDate, 'de')}</td>
      </tr>
      <tr>
        <td>Leistungsdatum:</td>
        <td>${date(invoice.saleDate, 'de')}</td>
      </tr>
    </table>
    <div class="window">
      <small>${seller.name}, ${seller.street}, ${seller.postCode} ${seller.city}</small><br />
      ${address(BUYER)}<br />POLEN<br />USt-IdNr. PL${BUYER.vatId}
    </div>
    <h1>Rechnung</h1>
    <p>Sehr geehrte Damen und Herren,<br />für den Aufenthalt von Herrn Tomasz Brzeski berechnen wir Ihnen:</p>
    <table class="l">
      <tr>
        <th>Leistung</th>
        <th class="n">Menge</th>
        <th class="n">Einzelpreis</th>
        <th class="n">MwSt.</th>
        <th class="n">Betrag EUR</th>
      </tr>
      ${invoice.lines.map(
        (line) =>
          html`<tr>
            <td>${line.name}</td>
            <td class="n">${line.quantity} ${line.unit}</td>
            <td class="n">${money(line.unitPrice)}</td>
            <td class="n">${line.rate} %</td>
            <td class="n">${money(line.amount)}</td>
          </tr>`,
      )}
      <tr class="sum">
        <td colspan="4">Gesamtbetrag (brutto)</td>
        <td class="n">${money(invoice.gross)} EUR</td>
      </tr>
    </table>
    <table class="v">
      <tr>
        <th>MwSt.-Satz</th>
        <th>Netto</th>
        <th>MwSt.</th>
        <th>Brutto</th>
      </tr>
      ${invoice.breakdown.map(
        (row) =>
          html`<tr>
            <td>${row.rate} %</td>
            <td>${money(row.net)}</td>
            <td>${money(row.vat)}</td>
            <td>${money(row.gross)}</td>
          </tr>`,
      )}
      <tr>
        <td>Summe</td>
        <td>${money(invoice.net)}</td>
        <td>${money(invoice.vat)}</td>
        <td>${money(invoice.gross)}</td>
      </tr>
    </table>
    <p>
      Zahlbar ohne Abzug bis zum <b>${date(invoice.dueDate, 'de')}</b> auf unser Konto:<br />IBAN ${iban(seller.iban)}
    </p>
    <p>Wir danken für Ihren Besuch und freuen uns auf ein Wiedersehen.</p>
    <footer><span>${seller.name}</span><span>USt-IdNr. ${seller.vatId}</span><span>${seller.email}</span></footer>`;
  return sheet('de', STYLE, body);
}

const money = (value: string): string => amount(value, 'de');
