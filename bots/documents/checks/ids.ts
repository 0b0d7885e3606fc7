import { extractIBAN, isValidIBAN } from 'ibantools';
import type { Finding, Invoice, Party } from '../../../definitions/model/invoice.ts';
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
  if (!isValidIBAN(account)) return [blocking('iban.checksum', 'payment.iban', { iban: account })];
  const country = extractIBAN(account).countryCode;
  const home = seller.country ?? (seller.vatId ? checkVatId(seller.vatId)?.country : undefined);
  const same = !country || !home || country === (home === 'EL' ? 'GR' : home);
  return same ? [] : [blocking('iban.country', 'payment.iban', { iban: account, country, seller: home })];
}

function sameParty({ seller, buyer }: Invoice): Finding[] {
  const digits = (id: string | undefined) => id?.replace(/\D/g, '');
  const same = seller.vatId && digits(seller.vatId) === digits(buyer.vatId);
  return same ? [blocking('id.same-party', 'buyer.vatId', { id: seller.vatId })] : [];
}
