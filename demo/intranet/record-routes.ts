import type { AddPage, Office } from './office.ts';
import { contains, findSuppliers } from './find.ts';
import type { Fields } from './charset.ts';
import type { Posting, SupplierData } from './model.ts';
import { detailPage, registerPage, searchPage, type SearchQuery } from './pages/records.ts';
import { respond } from './pages/layout.ts';
import { SUPPLIER_FIELDS, supplierForm } from './pages/supplier-form.ts';
import { warsawDate } from './polish.ts';

/** Search, record, register and the supplier file. */
export function recordRoutes(addPage: AddPage, office: Office): void {
  addPage('/ZK020.asp', ({ fields }) => {
    const query = {
      supplier: fields.get('S_01') ?? '',
      number: fields.get('S_02') ?? '',
      page: Math.max(1, Number.parseInt(fields.get('H_STR') ?? '1', 10) || 1),
    };
    return respond(searchPage(query, fields.size === 0 ? undefined : findPostings(office, query)));
  });
  addPage('/ZK021.asp', ({ fields }) => {
    const found = office.register.postings().find((one) => one.record === fields.get('ID'));
    return respond(
      found ? detailPage(found) : searchPage({ supplier: '', number: '', page: 1 }, []),
      found ? {} : { status: 404 },
    );
  });
  addPage('/ZK030.asp', ({ fields }) => {
    const postings = office.register.postings();
    const current = warsawDate(office.now()).slice(0, 7);
    const months = [...new Set([current, ...postings.map((one) => one.bookingDate.slice(0, 7))])].sort().reverse();
    return respond(registerPage(fields.get('R_01') ?? current, months, postings));
  });
  addPage('/KT010.asp', async ({ fields }) => {
    if (fields.get('AKCJA') !== 'Zapisz') return respond(supplierForm({}, []));
    const supplier = supplierOf(fields);
    const missing = supplier.name === '' || supplier.vatId === '';
    if (missing) return respond(supplierForm(Object.fromEntries(fields), ['Brak nazwy lub numeru NIP']));
    await office.register.addSupplier(supplier);
    return respond(supplierForm({}, []));
  });
}

function findPostings(office: Office, query: SearchQuery): Posting[] {
  const ids = new Set(findSuppliers(office.register.suppliers(), query.supplier).map((one) => one.id));
  if (office.faults.hides) return [];
  return office.register.postings().filter((one) => ids.has(one.supplierId) && contains(one.number, query.number));
}

function supplierOf(fields: Fields): SupplierData {
  const [name = '', vatId = '', country = '', street = '', postCode = '', city = '', iban = ''] = SUPPLIER_FIELDS.map(
    ([field]) => (fields.get(field) ?? '').trim(),
  );
  return { name, vatId, country: country.toUpperCase(), street, postCode, city, iban };
}
