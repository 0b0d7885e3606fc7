import { html } from 'hono/html';
import type { Html } from '../../../../demo/documents/layouts/parts.ts';
import type { RandomSource } from '../../../random.ts';
import { vatIdText } from '../format.ts';
import type { Firm } from '../invoice.ts';
import type { Printer } from './look.ts';

/** The parties' VAT ids as printed, once for the paper. */
export type PartyTexts = { sellerId: string; buyerId: string };

export function partyTexts({ content }: Printer, random: RandomSource): PartyTexts {
  const text = ({ vatId, country }: Firm) => vatId && vatIdText(vatId, country, random);
  return { sellerId: text(content.seller), buyerId: text(content.buyer) };
}

/** Name and address, one part a line. */
function address(firm: Firm, print: Printer, id: string): Html {
  const abroad = firm.country !== print.content.seller.country;
  return html`<b>${firm.name}</b><br />${firm.street}<br />${firm.postCode} ${firm.city}
    ${abroad ? html`<br />${firm.countryName}` : ''} ${id ? html`<br />${print.look.words.vatId} ${id}` : ''}`;
}

/** Seller and buyer as the look shows them. */
export function partiesBlock(print: Printer, texts: PartyTexts): Html {
  const { content, look } = print;
  const { seller, buyer } = content;
  if (look.parties === 'letter') return letterHead(print, texts);
  const left = html`<div class="party">
    <span class="role">${print.label(look.words.seller)}</span
    ><br />${address(seller, print, texts.sellerId)}<br />${content.wording.phone} ${seller.phone}
  </div>`;
  const right = html`<div class="party">
    <span class="role">${print.label(look.words.buyer)}</span><br />${address(buyer, print, texts.buyerId)}
  </div>`;
  const third = look.showShipTo
    ? html`<div class="party">
        <span class="role">${print.label(look.words.shipTo)}</span
        ><br />${buyer.name}<br />${seller.street.replaceAll(/\d/g, '7')}<br />${buyer.postCode} ${buyer.city}
      </div>`
    : '';
  return html`<div class="parties ${look.parties.replace(' ', '-')}">
    ${look.parties === 'buyer first' ? [right, left] : [left, right]}${third}
  </div>`;
}

/** Sender line, address window; the seller's ids come in the foot. */
function letterHead(print: Printer, texts: PartyTexts): Html {
  const { seller, buyer } = print.content;
  return html`<div class="parties letter">
    <div class="party">
      <small><u>${seller.name} · ${seller.street} · ${seller.postCode} ${seller.city}</u></small
      ><br /><br />${address(buyer, print, texts.buyerId)}
    </div>
  </div>`;
}

/** Foot of a letter: the seller's address, ids and account, in columns. */
export function letterFoot(print: Printer, texts: PartyTexts, account: string): Html {
  const { content, look } = print;
  const { seller, wording } = content;
  return html`<div class="foot">
    <div>${seller.name}<br />${seller.street}<br />${seller.postCode} ${seller.city}</div>
    <div>
      ${wording.phone} ${seller.phone}<br />${seller.email}
      ${texts.sellerId ? html`<br />${look.words.vatId} ${texts.sellerId}` : ''}
    </div>
    ${account ? html`<div>${seller.bank}<br />${look.words.iban} ${account}</div>` : ''}
  </div>`;
}
