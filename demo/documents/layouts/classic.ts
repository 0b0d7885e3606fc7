import { html } from 'hono/html';
import { BUYER } from '../companies.ts';
import type { DemoInvoice } from '../model.ts';
import { address, amount, date, iban, nip, sheet, type Html } from './parts.ts';

const STYLE = `
  body { padding: 14mm 15mm; font: 9.5pt/1.35 "Liberation Sans", Arial, sans-serif; color: #111 }
  h1 { font-size: 17pt; letter-spacing: .3px } h1 small { font-weight: 400; font-size: 10pt; display: block; color: #444 }
  .head { display: flex; justify-content: space-between; border-bottom: 2.5px solid #111; padding-bottom: 4mm }
  .head table td { padding: .6mm 0 .6mm 4mm } .head td:first-child { color: #444 }
  .parties { display: flex; gap: 8mm; margin: 7mm 0 }
  .parties div { flex: 1; border: 1px solid #777; padding: 3mm 4mm } .parties i { font-style: normal; font-size: 8pt; color: #555; text-transform: uppercase }
  table.l { width: 100%; margin-bottom: 5mm } .l th { background: #e6e6e6; font-size: 8.5pt; border: 1px solid #777; padding: 1.6mm }
  .l td { border: 1px solid #777; padding: 1.6mm 2mm }
  .sum { width: 62%; margin-left: auto } .sum td, .sum th { border: 1px solid #777; padding: 1.4mm 2mm } .sum th { background: #e6e6e6; font-size: 8.5pt }
  .due { margin-top: 6mm; font-size: 13pt; border: 2px solid #111; padding: 3mm 4mm; display: flex; justify-content: space-between }
  .pay { margin-top: 5mm } .pay td { padding: .7mm 4mm .7mm 0 } .mpp { margin-top: 5mm; font-weight: 700; letter-spacing: .4px }
  .sign { display: flex; justify-content: space-between; margin-top: 24mm } .sign div { width: 62mm; border-top: 1px dotted #333; text-align: center; font-size: 8pt; padding-top: 1mm }
  footer { position: absolute; top: 285mm; left: 15mm; font-size: 7.5pt; color: #666 }`;

/** What a small Polish firm's invoicing program prints: boxes and black lines. `printed` is the date in the footer. */
export function classicLayout(invoice: DemoInvoice, printed: string): Promise<string> {
  const { seller } = invoice;
  const body = html`<div class="head">
      <h1>Faktura VAT nr ${invoice.number}<small>oryginał</small></h1>
      <table>
        ${dateRow('Data wystawienia:', `${seller.city}, ${date(invoice.issueDate, 'pl')}`)}
        ${dateRow('Data sprzedaży:', date(invoice.saleDate, 'pl'))}
        ${dateRow('Termin płatności:', date(invoice.dueDate, 'pl'))}
      </table>
    </div>
    <div class="parties">
      <div><i>Sprzedawca</i><br />${address(seller)}<br />NIP: ${nip(seller.vatId)}<br />${seller.email}</div>
      <div><i>Nabywca</i><br />${address(BUYER)}<br />NIP: ${nip(BUYER.vatId)}</div>
    </div>
    ${lineTable(invoice)} ${rateTable(invoice)}
    <div class="due"><span>Do zapłaty:</span><b>${amount(invoice.gross, 'pl')} ${invoice.currency}</b></div>
    <table class="pay">
      <tr>
        <td>Sposób zapłaty:</td>
        <td>przelew</td>
      </tr>
      <tr>
        <td>Rachunek bankowy:</td>
        <td><b>${iban(seller.iban)}</b></td>
      </tr>
    </table>
    ${invoice.splitPayment ? html`<div class="mpp">Mechanizm podzielonej płatności</div>` : ''}
    <div class="sign">
      <div>osoba upoważniona do odbioru</div>
      <div>osoba upoważniona do wystawienia</div>
    </div>
    <footer>Wydrukowano ${date(printed, 'pl')} · strona 1 z 1</footer>`;
  return sheet('pl', STYLE, body);
}

const dateRow = (label: string, value: string): Html =>
  html`<tr>
    <td>${label}</td>
    <td>${value}</td>
  </tr>`;

function lineTable(invoice: DemoInvoice): Html {
  return html`<table class="l">
    <tr>
      <th>Lp.</th>
      <th>Nazwa towaru lub usługi</th>
      <th>Ilość</th>
      <th>J.m.</th>
      <th>Cena netto</th>
      <th>VAT</th>
      <th>Wartość netto</th>
    </tr>
    ${invoice.lines.map(
      (line, index) =>
        html`<tr>
          <td class="n">${index + 1}</td>
          <td>${line.name}</td>
          <td class="n">${amount(line.quantity, 'pl')}</td>
          <td>${line.unit}</td>
          <td class="n">${amount(line.unitPrice, 'pl')}</td>
          <td class="n">${line.rate}%</td>
          <td class="n">${amount(line.amount, 'pl')}</td>
        </tr>`,
    )}
  </table>`;
}

function rateTable(invoice: DemoInvoice): Html {
  return html`<table class="sum">
    <tr>
      <th>Stawka VAT</th>
      <th>Netto</th>
      <th>VAT</th>
      <th>Brutto</th>
    </tr>
    ${invoice.breakdown.map((one) => rateRow(`${one.rate}%`, [one.net, one.vat, one.gross]))}
    ${rateRow(html`<b>Razem</b>`, [invoice.net, invoice.vat, invoice.gross])}
  </table>`;
}

const rateRow = (label: Html | string, cells: string[]): Html =>
  html`<tr>
    <td>${label}</td>
    ${cells.map((cell) => html`<td class="n">${amount(cell, 'pl')}</td>`)}
  </tr>`;
