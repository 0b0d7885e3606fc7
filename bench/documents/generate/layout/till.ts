import { html, raw } from 'hono/html';
import type { RandomSource } from '../../../random.ts';
import { vatIdText } from '../format.ts';
import { fontFaces } from './fonts.ts';
import type { Printer } from './look.ts';

/** A till receipt, 80 mm wide: no buyer, gross prices, the VAT that is in them. */
export async function tillPage(print: Printer, random: RandomSource): Promise<string> {
  const { content, look } = print;
  const { seller, wording } = content;
  const id = seller.vatId && vatIdText(seller.vatId, seller.country, random);
  const family = random.pick(['Courier Prime', 'Roboto Condensed', 'Liberation Sans']);
  const clock = `${10 + random.below(10)}:${10 + random.below(49)}`;
  const page = html`<!doctype html>
    <html lang="${wording.language}">
      <head>
        <meta charset="utf-8" />
        <style>
          ${raw(`${fontFaces(family)} @page { size: 80mm 200mm; margin: 0 } * { margin: 0; box-sizing: border-box }
          body { width: 80mm; padding: 5mm 4mm; background: #fff; color: #222; font: 10pt/1.3 "${family}", monospace }
          .c { text-align: center } .row { display: flex; justify-content: space-between } hr { border: 0; border-top: 1px dashed #333; margin: 2mm 0 } .big { font-size: 1.35em; font-weight: 700 }`)}
        </style>
      </head>
      <body>
        <div class="c">
          <b>${seller.name}</b><br />${seller.street}<br />${seller.postCode} ${seller.city}
          ${id ? html`<br />${look.words.vatId} ${id}` : ''}
        </div>
        <hr />
        <div class="row"><span>${print.date(content.issueDate)} ${clock}</span><span>${content.number}</span></div>
        <div class="c"><b>${look.words.title}</b></div>
        <hr />
        ${content.lines.map(
          (line) =>
            html`<div>${line.name}</div>
              <div class="row">
                <span>${print.amount(line.quantity)} x ${print.amount(line.unitPrice)}</span
                ><span>${print.amount(line.amount)}</span>
              </div>`,
        )}
        <hr />
        ${content.breakdown.map(
          ({ rate, vat }) =>
            html`<div class="row">
              <span>${wording.summary.heads[2]} ${print.rate(rate)}</span><span>${print.amount(vat)}</span>
            </div>`,
        )}
        <div class="row big"><span>${look.words.gross}</span><span>${print.money(content.gross)}</span></div>
        <hr />
        <div class="c">${look.words.closing}</div>
      </body>
    </html>`;
  return String(await page);
}
