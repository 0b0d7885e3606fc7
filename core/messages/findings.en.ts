import type { FindingTexts } from './finding-texts.ts';

/** What checks say, for an accountant who reads English. */
export const en: FindingTexts = {
  field: {
    number: 'invoice number',
    issueDate: 'issue date',
    dueDate: 'due date',
    currency: 'currency',
    'seller.name': 'name of the supplier',
    'seller.vatId': 'VAT number of the supplier',
    'totals.net': 'net total',
    'totals.vat': 'VAT total',
    'totals.gross': 'gross total',
    'payment.iban': 'bank account',
  },
  party: { seller: 'supplier’s', buyer: 'buyer’s' },
  rules: {
    'arithmetic.gross': (v) =>
      `The totals do not add up: net ${v.money('net')} + VAT ${v.money('vat')} = ${v.money('expected')}, but the gross total says ${v.money('gross')}.`,
    'arithmetic.vat-above-net': (v) => `The VAT (${v.money('vat')}) is more than the net total (${v.money('net')}).`,
    'arithmetic.payable': (v) =>
      `The amount payable (${v.money('payable')}) is more than the gross total (${v.money('gross')}).`,
    'arithmetic.breakdown-net': (v) =>
      `The net amounts by VAT rate add up to ${v.money('sum')}, but the net total says ${v.money('net')}.`,
    'arithmetic.breakdown-vat': (v) =>
      `The VAT amounts by rate add up to ${v.money('sum')}, but the VAT total says ${v.money('vat')}.`,
    'arithmetic.rate': (v) =>
      `${v.text('rate')}% of ${v.money('net')} is ${v.money('expected')} VAT, but the invoice says ${v.money('vat')}.`,
    'arithmetic.rate-without-vat': (v) =>
      `VAT of ${v.money('vat')} is charged at the rate “${v.text('rate')}”, which bears none.`,
    'arithmetic.lines': (v) => `The lines add up to ${v.money('sum')}, but the net total says ${v.money('net')}.`,
    'arithmetic.line': (v) =>
      `Line ${v.text('line')}: ${v.text('quantity')} × ${v.money('price')} = ${v.money('expected')}, but the line’s net amount is ${v.money('net')}.`,
    'credit.positive': (v) =>
      `This is a credit note over ${v.money('gross')} without a sign. It lowers what is owed: give its amounts a minus.`,
    'id.nip': (v) => `The ${v.party('party')} NIP ${v.text('id')} has a wrong check digit.`,
    'id.vat': (v) =>
      `The ${v.party('party')} VAT number ${v.text('id')} is not a valid number of ${v.text('country')}.`,
    'id.same-party': (v) => `Supplier and buyer have the same VAT number ${v.text('id')}.`,
    'iban.checksum': (v) => `The bank account ${v.text('iban')} has a wrong checksum. Do not pay to it.`,
    'iban.country': (v) =>
      `The bank account ${v.text('iban')} is held in ${v.text('country')}, but the supplier is from ${v.text('seller')}.`,
    'account.nrb': (v) =>
      `The bank account ${v.text('account')} has ${v.text('digits')} digits, a Polish one has ${v.text('right')}. Do not pay to it.`,
    'account.other': (v) => `The bank account ${v.text('account')} is no IBAN, so its check digits cannot be verified.`,
    'date.future': (v) => `The issue date ${v.date('issueDate')} lies in the future.`,
    'date.old': (v) => `The invoice is very old: it was issued on ${v.date('issueDate')}.`,
    'date.due-before-issue': (v) =>
      `The due date ${v.date('dueDate')} is before the issue date ${v.date('issueDate')}.`,
    'date.due-far': (v) =>
      `The due date ${v.date('dueDate')} is more than a year after the issue date ${v.date('issueDate')}.`,
    'date.sale-far': (v) =>
      `The date of supply ${v.date('saleDate')} is more than 60 days after the issue date ${v.date('issueDate')}.`,
    'missing.key': (v) => `Missing: ${v.field('field')}.`,
    'missing.amount': (v) => `Not read: ${v.field('field')}.`,
    'missing.seller-vat-id': () => 'The supplier’s VAT number is missing.',
    'mismatch.xml-page': (v) =>
      `The attached XML and the visible page differ in “${v.field('field')}”: the XML says ${v.text('xml')}, the page says ${v.text('page')}.`,
    'mismatch.qr': (v) =>
      `The QR code and the page differ in “${v.field('field')}”: the code says ${v.text('code')}, the page ${v.text('page')}.`,
    'mismatch.files': (v) =>
      `Two files of the same mail differ in “${v.field('field')}”: ${v.text('first')} and ${v.text('second')}.`,
    'supplier.account-changed': (v) =>
      `The bank account ${v.text('iban')} is not one that this supplier was paid to before (${v.text('known')}). Ask the supplier by telephone, under a number that you knew before this letter.`,
    'duplicate.seen': (v) =>
      `This invoice was received before: same supplier and number ${v.text('number')} (run ${v.text('run')}).`,
    'ksef.schema': (v) =>
      `The file breaks the structure ${v.text('form')}: ${v.text('element')}, line ${v.text('line')}: ${v.text('detail')}.`,
    'ksef.rule': (v) =>
      `Against the rules for ${v.text('form')}: ${v.text('element')}, line ${v.text('line')}: ${v.text('detail')}.`,
    'en16931.rule': (v) =>
      `The file breaks rule ${v.text('rule')} of EN 16931: ${v.text('element')}, line ${v.text('line')}: ${v.text('detail')}.`,
    'coding.person': (v) =>
      `Account ${v.text('account')}: ${v.text('by')} chose it for this supplier the last time (invoice ${v.text('number')}, ${v.date('date')}).`,
    'coding.rule': (v) => `Account ${v.text('account')} by a rule: ${v.text('because')}.`,
    'coding.history': (v) =>
      `Account ${v.text('account')}: ${v.text('times')} of the last ${v.text('of')} invoices of this supplier were booked there.`,
    'coding.settings': (v) =>
      `Account ${v.text('account')} is the default: this supplier was not booked before, and no rule fits.`,
    'coding.none': () => 'Nobody knows which account this invoice goes to. Please enter one.',
    'reading.repaired': (v) =>
      `One character of “${v.field('field')}” was mended by its check digits: ${v.text('before')} became ${v.text('after')}. Please verify.`,
    'reading.unreadable': (v) =>
      `“${v.text('file')}” could not be read: ${v.text('reason')}. Enter the invoice from the original, or refuse it.`,
    'reading.several-invoices': (v) => `The file seems to hold ${v.text('count')} invoices; the first one was read.`,
  },
  unknown: (rule) => `Objection: ${rule}.`,
};
