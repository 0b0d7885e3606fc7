import type { FindingTexts } from './finding-texts.ts';

/** What checks say, for an accountant who reads English. */
export const en: FindingTexts = {
  field: {
    number: 'invoice number',
    issueDate: 'issue date',
    dueDate: 'due date',
    currency: 'currency',
    'seller.name': 'supplier name',
    'seller.vatId': 'supplier’s VAT number',
    'totals.net': 'net total',
    'totals.vat': 'VAT total',
    'totals.gross': 'gross total',
    'payment.iban': 'bank account',
  },
  party: { seller: 'supplier’s', buyer: 'buyer’s' },
  rules: {
    'arithmetic.gross': (v) =>
      `The totals do not add up: net ${v.money('net')} + VAT ${v.money('vat')} = ${v.money('expected')}, but the gross total is ${v.money('gross')}.`,
    'arithmetic.vat-above-net': (v) => `The VAT (${v.money('vat')}) is more than the net total (${v.money('net')}).`,
    'arithmetic.payable': (v) =>
      `The amount payable (${v.money('payable')}) is more than the gross total (${v.money('gross')}).`,
    'arithmetic.breakdown-net': (v) =>
      `The net amounts by VAT rate add up to ${v.money('sum')}, but the net total is ${v.money('net')}.`,
    'arithmetic.breakdown-vat': (v) =>
      `The VAT amounts by rate add up to ${v.money('sum')}, but the VAT total is ${v.money('vat')}.`,
    'arithmetic.rate': (v) =>
      `${v.text('rate')}% of ${v.money('net')} is ${v.money('expected')} VAT, but the invoice says ${v.money('vat')}.`,
    'arithmetic.rate-without-vat': (v) =>
      `VAT of ${v.money('vat')} is charged at the rate “${v.text('rate')}”, which carries no VAT.`,
    'arithmetic.lines': (v) => `The lines add up to ${v.money('sum')}, but the net total is ${v.money('net')}.`,
    'arithmetic.line': (v) =>
      `Line ${v.text('line')}: ${v.text('quantity')} × ${v.money('price')} = ${v.money('expected')}, but the line’s net amount is ${v.money('net')}.`,
    'credit.positive': (v) =>
      `This credit note for ${v.money('gross')} has no minus sign, but it reduces the amount owed. Enter its amounts as negative.`,
    'id.nip': (v) => `The ${v.party('party')} NIP ${v.text('id')} has a wrong check digit.`,
    'id.vat': (v) =>
      `The ${v.party('party')} VAT number ${v.text('id')} is not a valid VAT number in ${v.text('country')}.`,
    'id.same-party': (v) => `Supplier and buyer have the same VAT number ${v.text('id')}.`,
    'iban.checksum': (v) => `The bank account ${v.text('iban')} has a wrong checksum. Do not pay into it.`,
    'iban.country': (v) =>
      `The bank account ${v.text('iban')} is held in ${v.text('country')}, but the supplier is from ${v.text('seller')}.`,
    'account.nrb': (v) =>
      `The bank account ${v.text('account')} has ${v.text('digits')} digits, but a Polish account has ${v.text('right')}. Do not pay into it.`,
    'account.other': (v) =>
      `The bank account ${v.text('account')} is not an IBAN, so its check digits cannot be verified.`,
    'date.future': (v) => `The issue date ${v.date('issueDate')} is in the future.`,
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
    'text.hidden': (v) =>
      `The file holds text that the page does not show: “${v.text('text')}”. It was not used. Hidden text can be an attempt at fraud.`,
    'mismatch.xml-page': (v) =>
      `The attached XML and the visible page differ in “${v.field('field')}”: the XML says ${v.text('xml')}, the page says ${v.text('page')}.`,
    'mismatch.qr': (v) =>
      `The QR code and the page differ in “${v.field('field')}”: the code says ${v.text('code')}, the page says ${v.text('page')}.`,
    'mismatch.files': (v) =>
      `Two files of the same mail differ in “${v.field('field')}”: ${v.text('first')} and ${v.text('second')}.`,
    'supplier.account-changed': (v) =>
      `The bank account ${v.text('iban')} differs from the accounts used for this supplier before (${v.text('known')}). Call the supplier to confirm, using a number you already have, not one from this document.`,
    'duplicate.seen': (v) =>
      `This invoice has been received before: same supplier and number ${v.text('number')} (run ${v.text('run')}).`,
    'supplier.first-invoice': (v) =>
      `This is the first invoice from this supplier (VAT number ${v.text('vatId')}). Make sure that you know the supplier and the bank account.`,
    'duplicate.differs': (v) =>
      `Another invoice of this supplier has the number ${v.text('otherNumber') || v.text('number')}. This one: ${v.date('date') || 'date unknown'}, ${v.money('gross') || 'amount unknown'} ${v.text('currency')}. The other: ${v.date('otherDate') || 'date unknown'}, ${v.money('otherGross') || 'amount unknown'} ${v.text('otherCurrency')} (run ${v.text('run')}). Compare the two: correct the number, or reject this one.`,
    'ksef.schema': (v) =>
      `The file does not match the schema ${v.text('form')}: ${v.text('element')}, line ${v.text('line')}: ${v.text('detail')}.`,
    'ksef.rule': (v) =>
      `The file violates the rules for ${v.text('form')}: ${v.text('element')}, line ${v.text('line')}: ${v.text('detail')}.`,
    'en16931.rule': (v) =>
      `The file violates rule ${v.text('rule')} of EN 16931: ${v.text('element')}, line ${v.text('line')}: ${v.text('detail')}.`,
    'coding.person': (v) =>
      `Account ${v.text('account')}: ${v.text('by')} chose it for this supplier last time (invoice ${v.text('number')}, ${v.date('date')}).`,
    'coding.rule': (v) => `Account ${v.text('account')}, chosen by a rule: ${v.text('because')}.`,
    'coding.history': (v) =>
      `Account ${v.text('account')}: ${v.text('times')} of the last ${v.text('of')} invoices from this supplier were booked there.`,
    'coding.settings': (v) =>
      `Account ${v.text('account')} is the default: this supplier has no earlier bookings, and no rule applies.`,
    'coding.none': () => 'No account could be suggested for this invoice. Please enter one.',
    'reading.repaired': (v) =>
      `One character of “${v.field('field')}” was corrected using its check digits: ${v.text('before')} became ${v.text('after')}. Please verify.`,
    'reading.unreadable': (v) =>
      `“${v.text('file')}” could not be read: ${v.text('reason')}. Enter the invoice from the original, or reject it.`,
    'reading.several-invoices': (v) =>
      `The file appears to contain ${v.text('count')} invoices; the first one was read.`,
  },
  accepted: (by) => `Seen and accepted by ${by}.`,
  unknown: (rule) => `Rule not met: ${rule}.`,
};
