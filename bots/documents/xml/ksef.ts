import type { Invoice, Party } from '../../../core/model/invoice.ts';
import { amountOf, compact, createDraft, dateOf, moneyOf, percent, sumOf, type Draft } from './draft.ts';
import { allAt, at, textAt, type XmlElement } from './tree.ts';

/** Namespaces of the structured invoice: FA(3) since 2026-02-01, FA(2) before (Journal of the Ministry, crd.gov.pl). */
export const KSEF_NAMESPACES: Readonly<Record<string, string>> = {
  'http://crd.gov.pl/wzor/2025/06/25/13775/': 'FA (3)',
  'http://crd.gov.pl/wzor/2023/06/29/12648/': 'FA (2)',
};

/** Sums by rate: elements P_13_x and P_14_x with the rate each stands for (FA(3) brochure, section Fa). */
export const KSEF_RATES: readonly { net: string; vat?: string; rate: string }[] = [
  { net: 'P_13_1', vat: 'P_14_1', rate: '23' },
  { net: 'P_13_2', vat: 'P_14_2', rate: '8' },
  { net: 'P_13_3', vat: 'P_14_3', rate: '5' },
  { net: 'P_13_4', vat: 'P_14_4', rate: '4' },
  { net: 'P_13_5', vat: 'P_14_5', rate: 'oss' },
  { net: 'P_13_6_1', rate: '0' },
  { net: 'P_13_6_2', rate: '0 WDT' },
  { net: 'P_13_6_3', rate: '0 EX' },
  { net: 'P_13_7', rate: 'zw' },
  { net: 'P_13_8', rate: 'np I' },
  { net: 'P_13_9', rate: 'np II' },
  { net: 'P_13_10', rate: 'oo' },
  { net: 'P_13_11', rate: 'marża' },
];

const KINDS: Readonly<Record<string, Invoice['kind']>> = {
  VAT: 'invoice',
  UPR: 'invoice',
  ROZ: 'invoice',
  ZAL: 'advance',
  KOR: 'correction',
  KOR_ZAL: 'correction',
  KOR_ROZ: 'correction',
};

/** TFormaPlatnosci of the schema. */
const METHODS: Readonly<Record<string, string>> = {
  '1': 'gotówka',
  '2': 'karta',
  '3': 'bon',
  '4': 'czek',
  '5': 'kredyt',
  '6': 'przelew',
  '7': 'mobilna',
};

export function isKsef(root: XmlElement): boolean {
  return root.name === 'Faktura' && (root.namespace in KSEF_NAMESPACES || at(root, 'Fa') !== undefined);
}

/** Reads a structured invoice FA(3) or FA(2), element by element. Absent elements stay absent. */
export function readKsef(root: XmlElement): Invoice {
  const draft = createDraft();
  const { invoice, take } = draft;
  const fa = at(root, 'Fa');
  invoice.kind = KINDS[textAt(fa, 'RodzajFaktury') ?? 'VAT'] ?? 'invoice';
  invoice.number = take('number', fa, 'Fa', 'P_2');
  invoice.issueDate = dateOf(take('issueDate', fa, 'Fa', 'P_1'));
  invoice.saleDate = dateOf(take('saleDate', fa, 'Fa', 'P_6') ?? take('saleDate', fa, 'Fa', 'OkresFa/P_6_Do'));
  invoice.currency = take('currency', fa, 'Fa', 'KodWaluty');
  invoice.seller = readParty(draft, root, 'Podmiot1', 'seller');
  invoice.buyer = readParty(draft, root, 'Podmiot2', 'buyer');
  invoice.lines = allAt(fa, 'FaWiersz').map(readLine);
  readTotals(draft, fa);
  readPayment(draft, fa);
  const corrected = allAt(fa, 'DaneFaKorygowanej').map((one) => textAt(one, 'NrFaKorygowanej'));
  invoice.references.corrected = corrected.find(Boolean);
  invoice.references.correctedKsefNumber = textAt(fa, 'DaneFaKorygowanej/NrKSeFFaKorygowanej');
  const advances = allAt(fa, 'FakturaZaliczkowa').map(
    (one) => textAt(one, 'NrFaZaliczkowej') ?? textAt(one, 'NrKSeFFaZaliczkowej'),
  );
  if (advances.length > 0) invoice.references.advances = advances.filter((one) => one !== undefined);
  const from = dateOf(take('period.from', fa, 'Fa', 'OkresFa/P_6_Od'));
  const to = dateOf(take('period.to', fa, 'Fa', 'OkresFa/P_6_Do'));
  if (from || to) invoice.period = { from, to };
  invoice.references.order = take('references.order', fa, 'Fa', 'WarunkiTransakcji/Zamowienia/NrZamowienia');
  return invoice;
}

function readParty({ take }: Draft, root: XmlElement, element: string, role: 'seller' | 'buyer'): Party {
  const party = at(root, element);
  const read = (field: string, path: string) => take(`${role}.${field}`, party, element, path);
  const euPrefix = textAt(party, 'DaneIdentyfikacyjne/KodUE');
  const euNumber = textAt(party, 'DaneIdentyfikacyjne/NrVatUE');
  const vatId =
    read('vatId', 'DaneIdentyfikacyjne/NIP') ??
    (euNumber ? `${euPrefix ?? ''}${read('vatId', 'DaneIdentyfikacyjne/NrVatUE')}` : undefined) ??
    read('vatId', 'DaneIdentyfikacyjne/NrID');
  const address = [textAt(party, 'Adres/AdresL1'), textAt(party, 'Adres/AdresL2')].filter(Boolean).join(', ');
  return {
    name: read('name', 'DaneIdentyfikacyjne/Nazwa'),
    vatId: compact(vatId),
    address: address || undefined,
    country: textAt(party, 'Adres/KodKraju'),
    email: textAt(party, 'DaneKontaktowe/Email'),
  };
}

function readLine(line: XmlElement): Invoice['lines'][number] {
  return {
    name: textAt(line, 'P_7'),
    quantity: amountOf(textAt(line, 'P_8B')),
    unit: textAt(line, 'P_8A'),
    unitPrice: amountOf(textAt(line, 'P_9A')),
    net: amountOf(textAt(line, 'P_11')),
    vatRate: percent(textAt(line, 'P_12') ?? textAt(line, 'P_12_XII')),
    gross: amountOf(textAt(line, 'P_11A')),
  };
}

function readTotals({ invoice, note, take }: Draft, fa: XmlElement | undefined): void {
  const rows = KSEF_RATES.flatMap(({ net, vat, rate }) => {
    const base = moneyOf(textAt(fa, net));
    return base === undefined ? [] : [{ rate, net: base, vat: (vat && moneyOf(textAt(fa, vat))) || '0.00' }];
  });
  invoice.vatBreakdown = rows;
  invoice.totals = {
    net: sumOf(rows.map((row) => row.net)),
    vat: sumOf(rows.map((row) => row.vat)),
    gross: moneyOf(take('totals.gross', fa, 'Fa', 'P_15')),
    payable: moneyOf(take('totals.payable', fa, 'Fa', 'Rozliczenie/DoZaplaty')),
    vatPln: sumOf(['P_14_1W', 'P_14_2W', 'P_14_3W', 'P_14_4W'].map((element) => textAt(fa, element))),
  };
  if (rows.length > 0) {
    note('totals.net', 'Fa/P_13_*');
    note('totals.vat', 'Fa/P_14_*');
  }
}

function readPayment({ invoice, note, take }: Draft, fa: XmlElement | undefined): void {
  // Instalments may be written in any order: the first that is due counts.
  const terms = allAt(fa, 'Platnosc/TerminPlatnosci/Termin').flatMap(({ text }) => dateOf(text) ?? []);
  invoice.dueDate = terms.toSorted()[0];
  if (invoice.dueDate) note('dueDate', 'Fa/Platnosc/TerminPlatnosci/Termin');
  // Where the claim was sold, the factor's account is the one to pay to.
  const account = compact(
    take('payment.iban', fa, 'Fa', 'Platnosc/RachunekBankowyFaktora/NrRB') ??
      take('payment.iban', fa, 'Fa', 'Platnosc/RachunekBankowy/NrRB'),
  );
  invoice.payment = {
    iban: account && /^\d{26}$/.test(account) ? `PL${account}` : account,
    method: METHODS[textAt(fa, 'Platnosc/FormaPlatnosci') ?? ''] ?? textAt(fa, 'Platnosc/OpisPlatnosci'),
    splitPayment: textAt(fa, 'Adnotacje/P_18A') === '1',
  };
  if (textAt(fa, 'Platnosc/Zaplacono') === '1') invoice.payment.paid = true;
  if (invoice.payment.splitPayment) note('payment.splitPayment', 'Fa/Adnotacje/P_18A');
}
