import { html, raw } from 'hono/html';
import type { Html } from '../../../../demo/documents/layouts/parts.ts';
import type { RandomSource } from '../../../random.ts';
import { ibanText } from '../format.ts';
import { factsBlock, factsOf } from './facts.ts';
import { fontFaces } from './fonts.ts';
import type { Look, Printer } from './look.ts';
import { letterFoot, partiesBlock, partyTexts } from './parties.ts';
import { linesTable, totalsBlock } from './tables.ts';

/** An A4 invoice as HTML. `hasAccount` tells whether the account to be paid stands on it. */
export async function invoicePage(
  print: Printer,
  random: RandomSource,
): Promise<{ html: string; hasAccount: boolean }> {
  const { content, look } = print;
  const texts = partyTexts(print, random);
  const facts = factsBlock(factsOf(print), print);
  const hasAccount = content.seller.iban !== '' && content.kind === 'invoice' && random.chance(0.9);
  const account = hasAccount ? ibanText(content.seller.iban, random) : '';
  const letter = look.parties === 'letter';
  const title = html`<h1>${look.words.title}</h1>`;
  const inHead = look.factsPlace === 'head';
  const body = html`<header class="${look.head.replace(' ', '-')}">
      ${letter ? html`<b class="brand">${content.seller.name}</b>` : ''}${title}${inHead ? facts : ''}
    </header>
    ${partiesBlock(print, texts)} ${inHead ? '' : facts} ${linesTable(print, random)} ${totalsBlock(print)}
    ${content.withoutVat ? html`<p>${look.words.noVat}</p>` : ''} ${paymentBlock(print, letter ? '' : account)}
    <p class="closing">${look.words.closing}</p>
    ${letter ? letterFoot(print, texts, account) : ''}`;
  return { html: await sheet(look, content.wording.language, body), hasAccount };
}

function paymentBlock(print: Printer, account: string): Html | string {
  const { content, look } = print;
  const { wording } = content;
  if (content.kind !== 'invoice') return '';
  const terms = look.due === 'date' ? '' : look.words.terms.replace('#', String(content.days));
  const split = content.splitPayment ? html`<p><b>Mechanizm podzielonej płatności</b></p>` : '';
  if (look.payment === 'sentence') {
    return html`<p>
        ${terms} ${account ? html`${print.label(look.words.iban)} ${account}, ${content.seller.bank}` : ''}
      </p>
      ${split}`;
  }
  const rows = [wording.method, ...(account ? [[look.words.iban, account] as const] : [])];
  return html`<table class="${look.payment === 'rows' ? 'facts' : 'facts spread'}">
      ${rows.map(
        ([label, value]) =>
          html`<tr>
            <td>${print.label(label)}</td>
            <td>${value}</td>
          </tr>`,
      )}
    </table>
    <p>${terms}</p>
    ${split}`;
}

/** A whole A4 page with its fonts. */
async function sheet(look: Look, language: string, body: Html): Promise<string> {
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <style>
          ${raw(fontFaces(look.family) + styleOf(look))}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`;
  return String(await page);
}

function styleOf({ family, size, accent }: Look): string {
  return `
  @page { size: A4; margin: 14mm 0 }
  * { box-sizing: border-box; margin: 0 }
  body { width: 210mm; padding: 0 15mm; background: #fff; font: ${size.toFixed(1)}pt/1.35 "${family}", "Liberation Sans", sans-serif; color: #161616;
    -webkit-print-color-adjust: exact }
  @media screen { body { padding-top: 14mm } }
  h1 { font-size: 1.9em; color: ${accent} } small { font-size: .82em } table { border-collapse: collapse } p { margin: 3mm 0 }
  header { display: flex; justify-content: space-between; gap: 8mm; margin-bottom: 6mm } .brand { font-size: 1.5em; color: ${accent} }
  .title-right { flex-direction: row-reverse } .title-centred { flex-direction: column; align-items: center }
  .banner { border-bottom: 3px solid ${accent}; padding-bottom: 4mm; align-items: flex-end }
  .facts td { padding: .5mm 6mm .5mm 0; vertical-align: top } .below { display: flex; flex-wrap: wrap; gap: 3mm 10mm } .below small { color: #555 }
  .heads { margin: 4mm 0 } .heads th, .heads td { border: 1px solid #999; padding: 1mm 3mm; text-align: left } .heads th { background: #eee; font-size: .85em }
  .parties { display: flex; gap: 10mm; margin: 5mm 0 8mm } .party { flex: 1 } .role { color: #555; font-size: .9em }
  .boxes .party { border: 1px solid #888; padding: 3mm } .stacked { flex-direction: column; gap: 4mm } .letter { margin-top: 8mm }
  .lines { width: 100%; margin: 5mm 0 } th { text-align: left } td, th { padding: 1.2mm 2mm } .n { text-align: right; white-space: nowrap }
  .lines th:nth-child(n+3) { text-align: right } .ruled td, .ruled th { border: 1px solid #666 } .rows td, .rows th { border-bottom: 1px solid #aaa }
  .zebra tr:nth-child(even) td { background: #f0f0f0 } .zebra th { background: ${accent}; color: #fff }
  .sums { display: flex; flex-direction: column; gap: 4mm; margin: 4mm 0 } .at-right { align-items: flex-end } .at-left { align-items: flex-start }
  .wide .totals { width: 100% } .totals td { padding: .8mm 3mm } .last td { font-weight: 700; font-size: 1.15em; border-top: 1.5px solid #333 }
  .spread td { padding-right: 20mm } .closing { margin-top: 8mm; color: #444 }
  .foot { display: flex; justify-content: space-between; border-top: 1px solid #999; margin-top: 14mm; padding-top: 2mm; font-size: .8em; color: #444 }`;
}
