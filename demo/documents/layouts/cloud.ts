import { html } from 'hono/html';
import { BUYER } from '../companies.ts';
import type { DemoInvoice } from '../model.ts';
import { address, amount, date, iban, sheet } from './parts.ts';

const STYLE = `
  body { font: 9.5pt/1.5 "Liberation Sans", Arial, sans-serif; color: #1a2433; padding: 20mm 20mm 16mm }
  .top { display: flex; justify-content: space-between } h1 { font-size: 21pt; font-weight: 700; color: #0d2b4e } .mark { font-size: 12pt; font-weight: 700; color: #0b7285; text-align: right }
  .mark svg { width: 11mm; display: block; margin: 0 0 1mm auto }
  .meta { margin: 5mm 0 10mm } .meta td { padding: .4mm 8mm .4mm 0 } .meta td:first-child { color: #62708a }
  .parties { display: grid; grid-template-columns: 1fr 1fr; gap: 10mm; margin-bottom: 8mm } .parties span { color: #62708a; display: block; margin-bottom: 1mm }
  .big { font-size: 15pt; font-weight: 700; margin: 4mm 0 8mm; color: #0d2b4e }
  table.l { width: 100% } .l th { font-weight: 400; font-size: 8pt; color: #62708a; text-align: left; border-bottom: 1px solid #0d2b4e; padding: 1.5mm 0 } .l th.n { text-align: right }
  .l td { padding: 2.4mm 0; border-bottom: 1px solid #e4e9f0 }
  .tot { margin: 5mm 0 0 auto; width: 78mm } .tot td { padding: 1.2mm 0 } .tot tr:last-child td { border-top: 1px solid #0d2b4e; font-weight: 700 }
  .note { margin-top: 10mm; padding: 4mm 5mm; background: #eef6f7; border-left: 3px solid #0b7285 }`;

/** An English software subscription under reverse charge: air, one accent, the sum said first. */
export function cloudLayout(invoice: DemoInvoice): Promise<string> {
  const { seller } = invoice;
  const body = html`<div class="top">
      <h1>Invoice</h1>
      <div class="mark">
        <svg viewBox="0 0 40 40">
          <circle cx="20" cy="20" r="19" fill="#0b7285" />
          <path d="M8 25q6-6 12 0t12 0M8 18q6-6 12 0t12 0" fill="none" stroke="#fff" stroke-width="3" />
        </svg>
        Clearharbour
      </div>
    </div>
    <table class="meta">
      ${rows([
        ['Invoice number', invoice.number],
        ['Date of issue', date(invoice.issueDate, 'en')],
        ['Date due', date(invoice.dueDate, 'en')],
      ])}
    </table>
    <div class="parties">
      <div>${address(seller)}<br />Ireland<br />VAT ID ${seller.vatId}<br />${seller.email}</div>
      <div><span>Bill to</span>${address(BUYER)}<br />Poland<br />VAT ID PL${BUYER.vatId}</div>
    </div>
    <div class="big">${money(invoice.gross)} due ${date(invoice.dueDate, 'en')}</div>
    <table class="l">
      <tr>
        <th>Description</th>
        <th class="n">Qty</th>
        <th class="n">Unit price</th>
        <th class="n">Tax</th>
        <th class="n">Amount</th>
      </tr>
      ${invoice.lines.map(
        (line) =>
          html`<tr>
            <td>${line.name}</td>
            <td class="n">${line.quantity}</td>
            <td class="n">${money(line.unitPrice)}</td>
            <td class="n">${line.rate}%</td>
            <td class="n">${money(line.amount)}</td>
          </tr>`,
      )}
    </table>
    <table class="tot">
      ${rows(
        [
          ['Total excluding tax', money(invoice.net)],
          ['VAT 0% (reverse charge)', money(invoice.vat)],
          ['Amount due', `${money(invoice.gross)} ${invoice.currency}`],
        ],
        true,
      )}
    </table>
    <div class="note">
      Reverse charge: VAT to be accounted for by the recipient, Article 196 of Directive 2006/112/EC.<br />
      Please pay by SEPA transfer to ${iban(seller.iban)}, reference ${invoice.number}.
    </div>`;
  return sheet('en', STYLE, body);
}

const money = (value: string) => `€${amount(value, 'en')}`;

const rows = (pairs: Array<[string, string]>, number = false) =>
  pairs.map(
    ([label, value]) =>
      html`<tr>
        <td>${label}</td>
        <td class="${number ? 'n' : ''}">${value}</td>
      </tr>`,
  );
