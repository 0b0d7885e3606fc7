import { extractIBAN, getCountrySpecifications, isValidIBAN } from 'ibantools';
import type { Finding, Invoice, Party } from '../../../core/model/invoice.ts';
import { blocking, note } from './finding.ts';
import { checkVatId } from './vat-id.ts';

/** VAT ids of both parties and the bank account: check digits, and the account's country against the seller's. */
export function checkIds(invoice: Invoice): Finding[] {
  return [
    ...vatId(invoice.seller, 'seller'),
    ...vatId(invoice.buyer, 'buyer'),
    ...iban(invoice),
    ...sameParty(invoice),
  ];
}

function vatId(party: Party, role: 'seller' | 'buyer'): Finding[] {
  const { vatId: id } = party;
  if (!id) return [];
  const result = checkVatId(id, party.country);
  if (!result || result.valid) return [];
  const rule = result.country === 'PL' ? 'id.nip' : 'id.vat';
  // NIP can be judged for sure; a foreign number is for VIES to confirm.
  const make = role === 'seller' && rule === 'id.nip' ? blocking : note;
  return [make(rule, `${role}.vatId`, { id, country: result.country, party: role })];
}

function iban({ payment: { iban: account }, seller }: Invoice): Finding[] {
  if (!account) return [];
  const home = seller.country ?? (seller.vatId ? checkVatId(seller.vatId)?.country : undefined);
  if (!isValidIBAN(account)) return [notIban(account, home)];
  const country = extractIBAN(account).countryCode;
  const same = !country || !home || country === (home === 'EL' ? 'GR' : home);
  return same ? [] : [blocking('iban.country', 'payment.iban', { iban: account, country, seller: home })];
}

/** Digits of a Polish account number (NRB): order 7/2017 of the President of Narodowy Bank Polski; two are check digits. */
const NRB_DIGITS = 26;
const IBAN_COUNTRIES: ReadonlySet<string> = new Set(
  Object.entries(getCountrySpecifications()).flatMap(([country, { chars }]) => (chars ? [country] : [])),
);

/**
 * An account that is no IBAN. No VAT law asks an invoice for an account, so the invoice stands; but money sent to a number
 * that cannot be an account is lost for weeks. What claims to be an IBAN and is none, and a Polish number of the wrong
 * length, are therefore for a person. Countries without IBANs have accounts of any form (BT-84 allows them).
 */
function notIban(account: string, home: string | undefined): Finding {
  if (IBAN_COUNTRIES.has(account.slice(0, 2))) return blocking('iban.checksum', 'payment.iban', { iban: account });
  if (home === 'PL' && /^\d+$/.test(account)) {
    const values = { account, digits: String(account.length), right: String(NRB_DIGITS) };
    return blocking('account.nrb', 'payment.iban', values);
  }
  return note('account.other', 'payment.iban', { account });
}

/** One id for both: on paper an id that was read twice. An e-invoice means it (branches of one company), so it is a remark. */
function sameParty({ seller, buyer, fields }: Invoice): Finding[] {
  const digits = (id: string | undefined) => id?.replace(/\D/g, '');
  const same = seller.vatId && digits(seller.vatId) === digits(buyer.vatId);
  const isStated = (['seller.vatId', 'buyer.vatId'] as const).every((field) => {
    const source = fields[field]?.source;
    return source !== undefined && 'xml' in source;
  });
  const make = isStated ? note : blocking;
  return same ? [make('id.same-party', 'buyer.vatId', { id: seller.vatId })] : [];
}
