import { html, raw } from 'hono/html';
import { BUYER } from '../companies.ts';
import type { DemoInvoice } from '../model.ts';
import { address, amount, date, iban, sheet, type Html } from './parts.ts';

const style = (accent: string): string => `
  body { font: 9.5pt/1.45 "Liberation Sans", Arial, sans-serif; color: #22262b; padding: 0 18mm 16mm }
  .bar { margin: 0 -18mm; height: 9mm; background: ${accent} }
  .top { display: flex; justify-content: space-between; align-items: flex-end; margin: 12mm 0 9mm }
  .logo { font: 700 19pt "URW Gothic", "Liberation Sans", sans-serif; color: ${accent} } .logo small { display: block; font: 8pt "Liberation Sans"; color: #6b7280 }
  h1 { font: 400 14pt "Liberation Sans", sans-serif; text-align: right } h1 b { font-weight: 700 }
  .cols { display: grid; grid-template-columns: 63mm 1fr auto; gap: 7mm; margin-bottom: 9mm } h2 { font-size: 7.5pt; letter-spacing: 1.2px; text-transform: uppercase; color: ${accent}; margin-bottom: 1.5mm }
  .cols td:first-child { color: #6b7280; padding-right: 4mm }
  table.l { width: 100% } .l th { text-align: left; font-size: 8pt; color: #6b7280; border-bottom: 1.5px solid ${accent}; padding: 2mm 1mm } .l th.n { text-align: right }
  .l td { border-bottom: 1px solid #e1e4e8; padding: 2.6mm 1mm }
  .tot { margin: 6mm 0 0 auto; width: 84mm } .tot td { padding: 1.3mm 1mm } .tot tr.due td { background: ${accent}; color: #fff; font-size: 12.5pt; font-weight: 700; padding: 2.6mm 3mm }
  .foot { margin-top: 12mm; display: flex; gap: 8mm; align-items: flex-start } .foot > div:first-child { flex: 1 } .qr { width: 48mm; text-align: center; font-size: 6.5pt } .qr svg { width: 31mm; height: 31mm; display: block; margin: 0 auto 1mm }
  .mpp { font-weight: 700; margin-top: 3mm }`;

export type KsefMark = { number: string; qr: string };
export type StudioOptions = { accent: string; claim: string; ksef?: KsefMark };

/** A designed Polish invoice: coloured bar, wide spacing, the sum on colour; KSeF number and QR code where given. */
export function studioLayout(invoice: DemoInvoice, options: StudioOptions): Promise<string> {
  const { seller } = invoice;
  const body = html`<div class="bar"></div>
    <div class="top">
      <div class="logo">${seller.name.split(' ').slice(0, 3).join(' ')}<small>${options.claim}</small></div>
      <h1>Faktura nr <b>${invoice.number}</b></h1>
    </div>
    <div class="cols">
      <div>
        <h2>Sprzedawca</h2>
        ${address(seller)}<br />NIP ${seller.vatId}
      </div>
      <div>
        <h2>Nabywca</h2>
        ${address(BUYER)}<br />NIP ${BUYER.vatId}
      </div>
      <div>
        <h2>Daty</h2>
        <table>
          ${pair('Wystawiono', date(invoice.issueDate, 'pl'))} ${pair('Wykonano', date(invoice.saleDate, 'pl'))}
          ${pair('Termin płatności', date(invoice.dueDate, 'pl'))}
        </table>
      </div>
    </div>
    ${lineTable(invoice)} ${totals(invoice)}
    <div class="foot">
      <div>
        <h2>Płatność</h2>
        Przelew na rachunek ${iban(seller.iban)}<br />w tytule: ${invoice.number}
        ${invoice.splitPayment ? html`<div class="mpp">Mechanizm podzielonej płatności</div>` : ''}
      </div>
      ${options.ksef ? html`<div class="qr">${raw(options.ksef.qr)}Numer KSeF<br />${options.ksef.number}</div>` : ''}
    </div>`;
  return sheet('pl', style(options.accent), body);
}

const pair = (label: string, value: string): Html =>
  html`<tr>
    <td>${label}</td>
    <td class="n">${value}</td>
  </tr>`;

function lineTable(invoice: DemoInvoice): Html {
  return html`<table class="l">
    <tr>
      <th>Opis</th>
      <th class="n">Ilość</th>
      <th class="n">Cena netto</th>
      <th class="n">VAT</th>
      <th class="n">Netto</th>
    </tr>
    ${invoice.lines.map(
      (line) =>
        html`<tr>
          <td>${line.name}</td>
          <td class="n">${amount(line.quantity, 'pl')} ${line.unit}</td>
          <td class="n">${amount(line.unitPrice, 'pl')}</td>
          <td class="n">${line.rate}%</td>
          <td class="n">${amount(line.amount, 'pl')}</td>
        </tr>`,
    )}
  </table>`;
}

function totals(invoice: DemoInvoice): Html {
  return html`<table class="tot">
    ${pair('Wartość netto', amount(invoice.net, 'pl'))}
    ${invoice.breakdown.map((row) => pair(`VAT ${row.rate}% od ${amount(row.net, 'pl')}`, amount(row.vat, 'pl')))}
    <tr class="due">
      <td>Do zapłaty brutto</td>
      <td class="n">${amount(invoice.gross, 'pl')} ${invoice.currency}</td>
    </tr>
  </table>`;
}
