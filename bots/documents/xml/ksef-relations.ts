import { big } from './business-terms.ts';
import type { Tell, Tells } from './ksef-tell.ts';
import { allAt, at, textAt, type XmlElement } from './tree.ts';

/** Roles of Podmiot3 that a buyer's marks demand (FA(3) brochure, Podmiot2): local government unit, VAT group member. */
const MARKS: readonly (readonly [mark: string, role: string])[] = [
  ['JST', '8'],
  ['GV', '10'],
];

/** Relations between elements: marks and parties, rates and buyers, currency and conversions, lines. */
export function checkRelations(root: XmlElement, tells: Tells): void {
  const tell = tells.rule;
  const buyer = at(root, 'Podmiot2');
  const fa = at(root, 'Fa');
  const roles = allAt(root, 'Podmiot3/Rola').map((role) => role.text);
  for (const [mark, role] of MARKS) {
    const element = at(buyer, mark);
    if (element?.text === '1' && !roles.includes(role))
      tell(element, `is 1, so a Podmiot3 with Rola ${role} is needed`);
  }
  checkBuyer(buyer, fa, tell);
  checkCurrency(fa, tell);
  checkLines(fa, tells);
  checkPayment(fa, tells);
}

function checkBuyer(buyer: XmlElement | undefined, fa: XmlElement | undefined, tell: Tell): void {
  const identity = at(buyer, 'DaneIdentyfikacyjne');
  const european = at(identity, 'NrVatUE');
  if (
    european &&
    (textAt(identity, 'KodUE') === 'PL' ||
      (/^(?:PL)?\d{10}$/.test(european.text) && textAt(buyer, 'Adres/KodKraju') === 'PL'))
  ) {
    tell(european, 'holds a Polish number, which belongs into NIP');
  }
  const foreign = at(identity, 'NIP') === undefined && (european !== undefined || at(identity, 'NrID') !== undefined);
  if (!foreign) return;
  // Domestic reverse charge (art. 17(1)(7) and (8)) needs a Polish taxpayer; services to foreigners are "np".
  for (const rate of allAt(fa, 'FaWiersz/P_12')) {
    if (rate.text === 'oo') tell(rate, '"oo" is domestic reverse charge, but the buyer is foreign');
  }
}

/** VAT of an invoice in a foreign currency is also given in PLN (art. 106e(11) of the VAT Act): P_14_xW. */
function checkCurrency(fa: XmlElement | undefined, tell: Tell): void {
  const currency = textAt(fa, 'KodWaluty');
  if (!fa || !currency || currency === 'PLN') return;
  for (const index of ['1', '2', '3', '4']) {
    const vat = at(fa, `P_14_${index}`);
    if (vat && Number(vat.text) !== 0 && !at(fa, `P_14_${index}W`))
      tell(vat, `needs P_14_${index}W in PLN beside it, because KodWaluty is ${currency}`);
  }
  const agreed = at(fa, 'WarunkiTransakcji/WalutaUmowna');
  if (agreed?.text === 'PLN') tell(agreed, 'may not be PLN');
}

function checkLines(fa: XmlElement | undefined, tells: Tells): void {
  const correction = (textAt(fa, 'RodzajFaktury') ?? '').startsWith('KOR');
  const seen = new Set<string>();
  for (const line of allAt(fa, 'FaWiersz')) {
    const number = at(line, 'NrWierszaFa');
    const key = `${number?.text}:${textAt(line, 'StanPrzed') ?? ''}`;
    // A correction lists a line twice: before and after.
    if (number && seen.has(key) && !correction) tells.rule(number, `${number.text} is on two lines`);
    seen.add(key);
    if (!correction) checkQuantity(line, tells);
  }
  for (const corrected of allAt(fa, 'DaneFaKorygowanej')) {
    const numbers = new Set(allAt(corrected, 'NrKSeFFaKorygowanej').map((one) => one.text));
    const both = at(corrected, 'NrKSeF') && at(corrected, 'NrKSeFN');
    if (numbers.size > 1 || both) tells.schema(corrected, 'names the corrected invoice in two ways');
  }
}

/**
 * A negative quantity on an invoice that is no correction: returned packaging or a settled advance is written so, and
 * neither schema (TIlosci) nor art. 106e(1)(8) of the VAT Act forbids it. It is a defect where quantity times price and
 * the value of the line (art. 106e(1)(11)) have opposite signs: one of the three is wrong.
 */
function checkQuantity(line: XmlElement, { rule, remark }: Tells): void {
  const quantity = at(line, 'P_8B');
  const count = big(quantity?.text);
  if (!quantity || !count?.lt(0)) return;
  const [price, value] = [
    ['P_9A', 'P_9B'],
    ['P_11', 'P_11A'],
  ].map((names) => names.map((name) => at(line, name)).find((element) => big(element?.text) !== undefined));
  const product = count.times(big(price?.text) ?? 1);
  const worth = big(value?.text);
  if (value && worth && product.times(worth).lt(0))
    rule(
      quantity,
      `${count.toFixed()} × ${price?.text ?? '1'} is ${product.toFixed(2)}, but ${value.name} says ${value.text}`,
    );
  else remark(quantity, `"${quantity.text}" is negative, and the invoice is not a correction`);
}

/** TNrRB of the schema: 10 to 34 characters. Which numbers are accounts is judged with those of every other syntax. */
const ACCOUNT = /^.{10,34}$/;

function checkPayment(fa: XmlElement | undefined, { schema, rule }: Tells): void {
  const issued = textAt(fa, 'P_1');
  for (const account of allAt(fa, 'Platnosc/RachunekBankowy/NrRB')) {
    if (!ACCOUNT.test(account.text)) schema(account, `"${account.text}" has not 10 to 34 characters`);
  }
  for (const term of allAt(fa, 'Platnosc/TerminPlatnosci/Termin')) {
    if (issued && term.text < issued) rule(term, `${term.text} is before the issue date ${issued}`);
  }
}
