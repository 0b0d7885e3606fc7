import type { FindingTexts } from './finding-texts.ts';

/** What checks say, for a Polish accountant. */
export const pl: FindingTexts = {
  field: {
    number: 'numer faktury',
    issueDate: 'data wystawienia',
    dueDate: 'termin płatności',
    currency: 'waluta',
    'seller.name': 'nazwa sprzedawcy',
    'seller.vatId': 'NIP sprzedawcy',
    'totals.net': 'kwota netto',
    'totals.vat': 'kwota VAT',
    'totals.gross': 'kwota brutto',
    'payment.iban': 'numer rachunku',
  },
  party: { seller: 'sprzedawcy', buyer: 'nabywcy' },
  rules: {
    'arithmetic.gross': (v) =>
      `Kwoty się nie zgadzają: netto ${v.money('net')} + VAT ${v.money('vat')} = ${v.money('expected')}, a na fakturze brutto jest ${v.money('gross')}.`,
    'arithmetic.vat-above-net': (v) => `Kwota VAT (${v.money('vat')}) jest większa od kwoty netto (${v.money('net')}).`,
    'arithmetic.payable': (v) =>
      `Kwota do zapłaty (${v.money('payable')}) jest większa od kwoty brutto (${v.money('gross')}).`,
    'arithmetic.breakdown-net': (v) =>
      `Suma netto z podziału na stawki (${v.money('sum')}) różni się od kwoty netto ogółem (${v.money('net')}).`,
    'arithmetic.breakdown-vat': (v) =>
      `Suma VAT z podziału na stawki (${v.money('sum')}) różni się od kwoty VAT ogółem (${v.money('vat')}).`,
    'arithmetic.rate': (v) =>
      `Stawka ${v.text('rate')}% od ${v.money('net')} daje ${v.money('expected')} VAT, a na fakturze jest ${v.money('vat')}.`,
    'arithmetic.rate-without-vat': (v) =>
      `Przy stawce „${v.text('rate')}” wykazano VAT ${v.money('vat')}, choć nie powinno go być.`,
    'arithmetic.lines': (v) => `Suma pozycji (${v.money('sum')}) różni się od kwoty netto ogółem (${v.money('net')}).`,
    'arithmetic.line': (v) =>
      `Pozycja ${v.text('line')}: ${v.text('quantity')} × ${v.money('price')} = ${v.money('expected')}, a wartość netto pozycji to ${v.money('net')}.`,
    'credit.positive': (v) =>
      `Nota kredytowa na ${v.money('gross')} nie ma znaku minus, a zmniejsza zobowiązanie wobec dostawcy. Proszę wpisać kwoty ze znakiem minus.`,
    'id.nip': (v) => `NIP ${v.party('party')} ${v.text('id')} ma błędną cyfrę kontrolną.`,
    'id.vat': (v) =>
      `Numer VAT ${v.party('party')} ${v.text('id')} nie jest poprawnym numerem kraju ${v.text('country')}.`,
    'id.same-party': (v) => `Sprzedawca i nabywca mają ten sam numer VAT ${v.text('id')}.`,
    'iban.checksum': (v) => `Numer rachunku ${v.text('iban')} ma błędną sumę kontrolną. Nie należy na niego płacić.`,
    'iban.country': (v) =>
      `Rachunek ${v.text('iban')} jest prowadzony w kraju ${v.text('country')}, a sprzedawca jest z kraju ${v.text('seller')}.`,
    'account.nrb': (v) =>
      `Numer rachunku ${v.text('account')} ma ${v.text('digits')} cyfr, a polski ma ich ${v.text('right')}. Nie należy na niego płacić.`,
    'account.other': (v) =>
      `Numer rachunku ${v.text('account')} nie jest numerem IBAN, więc jego cyfr kontrolnych nie da się sprawdzić.`,
    'date.future': (v) => `Data wystawienia ${v.date('issueDate')} jest z przyszłości.`,
    'date.old': (v) => `Faktura jest bardzo stara: wystawiono ją ${v.date('issueDate')}.`,
    'date.due-before-issue': (v) =>
      `Termin płatności ${v.date('dueDate')} jest wcześniejszy niż data wystawienia ${v.date('issueDate')}.`,
    'date.due-far': (v) =>
      `Termin płatności ${v.date('dueDate')} jest odległy o ponad rok od daty wystawienia ${v.date('issueDate')}.`,
    'date.sale-far': (v) =>
      `Data sprzedaży ${v.date('saleDate')} przypada ponad 60 dni po dacie wystawienia ${v.date('issueDate')}.`,
    'missing.key': (v) => `Brakuje pola: ${v.field('field')}.`,
    'missing.amount': (v) => `Nie odczytano pola: ${v.field('field')}.`,
    'missing.seller-vat-id': () => 'Brakuje NIP lub numeru VAT sprzedawcy.',
    'text.hidden': (v) =>
      `Plik zawiera tekst, którego nie widać na stronie: „${v.text('text')}”. Nie został użyty. Ukryty tekst może być próbą oszustwa.`,
    'mismatch.xml-page': (v) =>
      `Plik XML i widoczna strona różnią się w polu „${v.field('field')}”: w XML jest ${v.text('xml')}, na stronie ${v.text('page')}.`,
    'mismatch.qr': (v) =>
      `Kod QR i strona różnią się w polu „${v.field('field')}”: w kodzie jest ${v.text('code')}, na stronie ${v.text('page')}.`,
    'mismatch.files': (v) =>
      `Dwa pliki z tej samej wiadomości różnią się w polu „${v.field('field')}”: ${v.text('first')} i ${v.text('second')}.`,
    'supplier.account-changed': (v) =>
      `Rachunek ${v.text('iban')} jest inny niż dotychczasowe rachunki tego dostawcy (${v.text('known')}). Proszę potwierdzić zmianę u dostawcy telefonicznie, pod numerem znanym wcześniej, a nie podanym w tej wiadomości.`,
    'duplicate.seen': (v) =>
      `Ta faktura już wpłynęła: ten sam sprzedawca i numer ${v.text('number')} (sprawa ${v.text('run')}).`,
    'supplier.first-invoice': (v) =>
      `To pierwsza faktura od tego dostawcy (NIP ${v.text('vatId')}). Proszę się upewnić, że dostawca i rachunek są znane.`,
    'duplicate.differs': (v) =>
      `Numer ${v.text('otherNumber') || v.text('number')} ma też inna faktura tego dostawcy. Ta faktura: ${v.date('date') || 'data nieznana'}, ${v.money('gross') || 'kwota nieznana'} ${v.text('currency')}. Tamta: ${v.date('otherDate') || 'data nieznana'}, ${v.money('otherGross') || 'kwota nieznana'} ${v.text('otherCurrency')} (sprawa ${v.text('run')}). Proszę porównać obie: poprawić numer albo odrzucić tę fakturę.`,
    'ksef.schema': (v) =>
      `Plik nie spełnia struktury ${v.text('form')}: ${v.text('element')}, wiersz ${v.text('line')}: ${v.text('detail')}.`,
    'ksef.rule': (v) =>
      `Niezgodne z zasadami ${v.text('form')}: ${v.text('element')}, wiersz ${v.text('line')}: ${v.text('detail')}.`,
    'en16931.rule': (v) =>
      `Plik narusza regułę ${v.text('rule')} normy EN 16931: ${v.text('element')}, wiersz ${v.text('line')}: ${v.text('detail')}.`,
    'coding.person': (v) =>
      `Konto ${v.text('account')}: ${v.text('by')} wybrał(a) je dla tego dostawcy ostatnio (faktura ${v.text('number')}, ${v.date('date')}).`,
    'coding.rule': (v) => `Konto ${v.text('account')} według reguły: ${v.text('because')}.`,
    'coding.history': (v) =>
      `Konto ${v.text('account')}: tak zaksięgowano ${v.text('times')} z ostatnich ${v.text('of')} faktur tego dostawcy.`,
    'coding.settings': (v) =>
      `Konto ${v.text('account')} jest kontem domyślnym: tego dostawcy jeszcze nie księgowano i nie pasuje żadna reguła.`,
    'coding.none': () => 'Nie wiadomo, na które konto zaksięgować tę fakturę. Proszę je wpisać.',
    'reading.repaired': (v) =>
      `Pole „${v.field('field')}” poprawiono o jeden znak według cyfr kontrolnych: z ${v.text('before')} na ${v.text('after')}. Proszę sprawdzić.`,
    'reading.unreadable': (v) =>
      `Pliku „${v.text('file')}” nie dało się odczytać: ${v.text('reason')}. Proszę wpisać dane z oryginału albo odrzucić dokument.`,
    'reading.several-invoices': (v) =>
      `W pliku jest prawdopodobnie kilka faktur (${v.text('count')}); odczytano pierwszą.`,
  },
  accepted: (by) => `Zauważone i zaakceptowane: ${by}.`,
  unknown: (rule) => `Zastrzeżenie: ${rule}.`,
};
