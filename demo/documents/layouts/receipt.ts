import { html, raw } from 'hono/html';
import { BUYER } from '../companies.ts';
import type { DemoInvoice } from '../model.ts';
import { amount, date, nip, type Html } from './parts.ts';

/**
 * A till's invoice on 80 mm paper, lying on a desk: perspective, a bend in the paper, a shadow of the hand. The photo is
 * a screenshot of this page; `photo` of degrade.ts adds what a telephone adds.
 */
export async function receiptPhoto(invoice: DemoInvoice): Promise<string> {
  const { seller } = invoice;
  const page = html`<!doctype html>
    <html lang="pl">
      <head>
        <meta charset="utf-8" />
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        ${raw(DESK)}
        <div class="paper">
          <center>
            <b>${seller.name.toUpperCase()}</b><br />${seller.street}<br />${seller.postCode} ${seller.city}<br />NIP
            ${nip(seller.vatId)}
          </center>
          <hr />
          <center><b class="t">FAKTURA</b><br /><b>nr ${invoice.number}</b></center>
          ${row('Data wystawienia', date(invoice.issueDate, 'pl'))}
          ${row('Data sprzedaży', date(invoice.saleDate, 'pl'))}
          <hr />
          Nabywca:<br />${BUYER.name}<br />${BUYER.street}, ${BUYER.postCode} ${BUYER.city}<br />NIP ${nip(BUYER.vatId)}
          <hr />
          ${invoice.lines.map(
            (line) =>
              html`${line.name} A<br />${row(
                  `  ${amount(line.quantity, 'pl')} ${line.unit} x ${amount(line.unitPrice, 'pl')}`,
                  amount(line.amount, 'pl'),
                )}`,
          )}
          <hr />
          ${invoice.breakdown.map(
            (rate) =>
              html`${row(`Netto A ${rate.rate}%`, amount(rate.net, 'pl'))}${row(`VAT A ${rate.rate}%`, amount(rate.vat, 'pl'))}`,
          )}
          <div class="sum">${row('SUMA PLN', amount(invoice.gross, 'pl'))}</div>
          <hr />
          ${row('Zapłacono kartą', amount(invoice.gross, 'pl'))}
          <center class="end">Dziękujemy, szerokiej drogi!</center>
        </div>
        <div class="shadow"></div>
      </body>
    </html>`;
  return String(await page);
}

const row = (label: string, value: string): Html =>
  html`<div class="row"><span>${label}</span><span>${value}</span></div>`;

/** Wood grain: noise stretched along the board. */
const DESK = `<svg class="desk"><filter id="wood"><feTurbulence type="fractalNoise" baseFrequency=".11 .0035" numOctaves="4" seed="4"/>
  <feColorMatrix values="0 0 0 0 .36  0 0 0 0 .24  0 0 0 0 .13  1.6 0 0 0 -.45"/></filter><rect width="100%" height="100%" filter="url(#wood)"/></svg>`;

const STYLE = `
  * { box-sizing: border-box; margin: 0 }
  body { width: 900px; height: 1200px; overflow: hidden; position: relative; perspective: 2100px;
    background: #7b5a3b }
  .desk { position: absolute; inset: 0; width: 100%; height: 100% }
  .paper { position: absolute; left: 176px; top: 64px; width: 540px; padding: 44px 40px 60px; color: #23201f;
    font: 22px/1.36 "Liberation Mono", "Courier New", monospace; white-space: pre-line;
    background: linear-gradient(178deg, #f4f1ea 0 30%, #e4e0d6 39%, #f1eee6 46% 78%, #dcd8cd);
    box-shadow: 10px 18px 26px rgba(0, 0, 0, .45); transform: rotateX(11deg) rotateY(-7deg) rotateZ(2.4deg) }
  .paper, .paper * { white-space: normal }
  .row { display: flex; justify-content: space-between } .row span:first-child { white-space: pre }
  hr { border: 0; border-top: 2px dashed #55504c; margin: 12px 0 } .t { font-size: 27px } .sum { font-size: 32px; font-weight: 700; margin-top: 8px } .end { margin-top: 22px }
  .shadow { position: absolute; inset: 0; background: radial-gradient(ellipse 620px 520px at 930px 1150px, rgba(10, 8, 5, .5), transparent 72%),
    linear-gradient(120deg, rgba(255, 238, 205, .16), transparent 40% 70%, rgba(0, 0, 0, .2)) }`;
