import type { AddPage, Office } from './office.ts';
import { changeCurrency, checkEntry, emptyEntry, entryOf, recalculate, type Entry } from './entry.ts';
import { contains, findSuppliers } from './find.ts';
import { ACCOUNTS } from './model.ts';
import { invoiceForm } from './pages/invoice-form.ts';
import { accountLookup, supplierLookup } from './pages/lookups.ts';
import { serverError } from './pages/frames.ts';
import { respond } from './pages/layout.ts';
import { warsawDate } from './polish.ts';

/** Entry of a document and the windows that it opens. */
export function entryRoutes(addPage: AddPage, office: Office): void {
  addPage('/ZK010.asp', ({ user, fields }) => {
    const blank = emptyEntry(warsawDate(office.now()));
    if (fields.size === 0 || fields.get('AKCJA') === 'Wyczyść') return respond(invoiceForm(blank, []));
    const entry = entryOf(fields);
    if (fields.get('H_ZD') === 'WALUTA') return respond(invoiceForm(changeCurrency(entry), []));
    if (fields.get('AKCJA') === 'Księguj') return post(office, user, entry, blank);
    const result = recalculate(entry);
    return respond(invoiceForm(result.entry, result.errors));
  });
  addPage('/SL001.asp', ({ fields }) => {
    const query = fields.get('Q_01') ?? '';
    return respond(supplierLookup(query, findSuppliers(office.register.suppliers(), query)));
  });
  addPage('/SL002.asp', ({ fields }) => {
    const query = fields.get('Q_01') ?? '';
    const found = ACCOUNTS.filter((account) => account.some((text) => contains(text, query)));
    return respond(accountLookup(query, found));
  });
}

/** Books the document. On success an empty form comes back, by the same answer and without a word. */
async function post(office: Office, user: string, entry: Entry, blank: Entry): Promise<Response> {
  const checked = checkEntry(entry, office.register.suppliers());
  if ('errors' in checked) return respond(invoiceForm(entry, checked.errors));
  if (office.faults.refusePosting()) return respond(serverError(), { status: 500 });
  await office.register.post({ ...checked.posting, postedAt: office.now().toISOString(), postedBy: user });
  if (office.faults.loseAnswer()) return respond(serverError(), { status: 500 });
  return respond(invoiceForm(blank, []));
}
