import type { Language } from '../settings/settings.ts';

type Texts = { pl: string; en: string };

/** What each business exception of bots means to the person who decides, and what to do. */
const TEXTS: Readonly<Record<string, Texts>> = {
  unbalanced: {
    pl: 'Kwoty się nie bilansują. Trzeba poprawić fakturę.',
    en: 'The amounts do not balance. Correct the invoice.',
  },
  'incomplete-invoice': {
    pl: 'Fakturze brakuje danych potrzebnych do księgowania. Trzeba je uzupełnić.',
    en: 'The invoice lacks data needed for booking. Complete it.',
  },
  'incomplete-values': {
    pl: 'Brakuje wartości dla formularza. Trzeba je uzupełnić.',
    en: 'Values for the form are missing. Fill them in.',
  },
  'unknown-supplier': {
    pl: 'Program księgowy nie zna tego dostawcy. Trzeba go tam dodać i ponowić krok.',
    en: 'The ledger does not know this supplier. Add it there, then try again.',
  },
  'unknown-account': {
    pl: 'Tego konta nie ma w planie kont. Trzeba je dodać albo wybrać inne.',
    en: 'This account is not in the chart of accounts. Add it, or choose another.',
  },
  'unknown-vat-rate': {
    pl: 'Program księgowy nie zna tej stawki VAT. Trzeba ją dodać albo poprawić fakturę.',
    en: 'The ledger does not know this VAT rate. Add it, or correct the invoice.',
  },
  'unknown-currency': {
    pl: 'Program księgowy nie zna tej waluty. Trzeba ją tam dodać.',
    en: 'The ledger does not know this currency. Add it there.',
  },
  'unknown-cost-centre': {
    pl: 'Program księgowy nie zna tego MPK. Trzeba go dodać albo wybrać inny.',
    en: 'The ledger does not know this cost centre. Add it, or choose another.',
  },
  'closed-period': {
    pl: 'Okres jest zamknięty. Trzeba go otworzyć albo zaksięgować z inną datą.',
    en: 'The accounting period is closed. Reopen it, or use another posting date.',
  },
  'differs-before-commit': {
    pl: 'Program pokazał inne wartości niż na fakturze. Niczego nie zapisano; trzeba porównać kwoty.',
    en: 'The values shown in the program differ from the invoice. Nothing was saved; compare the amounts.',
  },
  'differs-in-target': {
    pl: 'Ten dokument jest już zaksięgowany z innymi wartościami. Trzeba sprawdzić zapis w programie.',
    en: 'This document is already booked with different values. Check the entry in the program.',
  },
  'done-not-confirmed': {
    pl: 'Wysłano, ale nie wiadomo, czy zostało zapisane. Trzeba sprawdzić w drugim systemie i potwierdzić zapis albo powiedzieć, że go nie ma.',
    en: 'It was sent, but nobody knows whether it was done. Look in the other system: confirm the record, or say that there is none.',
  },
  'several-in-target': {
    pl: 'W programie jest kilka takich zapisów. Trzeba zostawić jeden.',
    en: 'The program has several records for this document. Keep only one.',
  },
  'reversed-in-target': {
    pl: 'Ten dokument zaksięgowano i wystornowano. Trzeba ustalić, czy w ogóle ma być zapłacony.',
    en: 'This document was booked and then reversed. Decide whether it should be paid at all.',
  },
  'not-in-target': {
    pl: 'Tego dokumentu nie ma w księgach, więc nie ma czego pokazać ani stornować.',
    en: 'This document is not in the books, so there is nothing to show or reverse.',
  },
  'refused-by-target': {
    pl: 'Program księgowy odmówił. Poniżej jest jego odpowiedź.',
    en: 'The ledger rejected the booking. Its message is below.',
  },
  'unencodable-value': {
    pl: 'Program nie potrafi zapisać niektórych znaków. Trzeba zapisać wartość bez nich.',
    en: 'The program cannot store some of these characters. Enter the value without them.',
  },
  'value-too-long': {
    pl: 'Wartość jest dłuższa niż pole programu. Trzeba ją skrócić.',
    en: 'The value is too long for the field in the program. Shorten it.',
  },
  'unknown-option': {
    pl: 'Tej wartości nie ma na liście w programie. Trzeba ją dodać albo wybrać inną.',
    en: 'This value is not in the program’s list. Add it, or choose another.',
  },
  'bad-date': {
    pl: 'Data jest nieprawidłowa. Trzeba ją poprawić.',
    en: 'The date is not valid. Correct it.',
  },
  'bad-amount': {
    pl: 'Kwota jest nieprawidłowa. Trzeba ją poprawić.',
    en: 'The amount is not valid. Correct it.',
  },
  'unknown-code': {
    pl: 'Opis formularza nie zna kodu dla tej wartości. Trzeba go dopisać.',
    en: 'The form file has no code for this value. Add it.',
  },
  'coding-table': {
    pl: 'W tabeli reguł dekretacji jest błąd. Trzeba poprawić wskazany wiersz.',
    en: 'The table of coding rules contains an error. Correct the row named below.',
  },
  'workbook-unreadable': {
    pl: 'Tego skoroszytu nie da się odczytać. Trzeba go naprawić albo wstawić dobry.',
    en: 'This workbook cannot be read. Repair it or replace it.',
  },
  'workbook-not-writable': {
    pl: 'Zapis zniszczyłby część tego skoroszytu (wykresy, makra). Rejestr trzeba prowadzić w innym.',
    en: 'Writing would destroy parts of this workbook (charts, macros). Keep the register in another workbook.',
  },
  'sheet-missing': {
    pl: 'W skoroszycie nie ma takiego arkusza. Trzeba go dodać albo poprawić nazwę.',
    en: 'The workbook has no such sheet. Add it, or correct its name.',
  },
  'column-missing': {
    pl: 'W arkuszu nie ma takiej kolumny. Trzeba ją dodać albo poprawić nagłówek.',
    en: 'The sheet has no such column. Add it, or correct its heading.',
  },
  'too-many-rows': {
    pl: 'Wierszy jest za dużo na jeden raz. W definicji trzeba je zawęzić („where”).',
    en: 'There are too many rows to read at once. Limit them in the definition ("where").',
  },
  'no-date': {
    pl: 'W kolumnie z datami jest coś innego niż data. Trzeba poprawić wskazany wiersz.',
    en: 'A date column contains something other than a date. Correct the row named below.',
  },
  'record-changed': {
    pl: 'Ktoś zmienił ten wiersz w międzyczasie. Niczego nie zapisano; trzeba odczytać go ponownie.',
    en: 'Somebody changed this row in the meantime. Nothing was written; read it again.',
  },
  'record-refused': {
    pl: 'Tego wiersza nie da się zapisać w tabeli. Poniżej jest powód.',
    en: 'This row cannot be written into the table. The reason is below.',
  },
  'file-missing': {
    pl: 'Tego pliku nie ma w tym miejscu. Trzeba go tam umieścić i ponowić krok.',
    en: 'This file is not in that place. Put it there, then try again.',
  },
  'file-too-large': {
    pl: 'Ten plik jest za duży.',
    en: 'This file is too large.',
  },
  'file-differs': {
    pl: 'Jest już plik o tej nazwie, z inną treścią. Niczego nie zapisano.',
    en: 'A file of that name is there already, with another content. Nothing was written.',
  },
  'too-many-files': {
    pl: 'W folderze jest za dużo plików na jeden raz.',
    en: 'The folder has too many files for one time.',
  },
  'table-unreadable': {
    pl: 'Tego pliku nie da się odczytać jako tabeli. Poniżej jest powód; trzeba go poprawić albo poprosić o dobry plik.',
    en: 'This file cannot be read as a table. The reason is below; correct the file, or ask for a new one.',
  },
  'table-faults': {
    pl: 'W tabeli są błędy. Trzeba poprawić wskazane wiersze i ponowić krok.',
    en: 'The table contains errors. Correct the rows named below, then try again.',
  },
  'row-missing': {
    pl: 'W arkuszu nie ma takiego wiersza. Trzeba go dodać albo poprawić klucz.',
    en: 'The sheet has no such row. Add it, or correct its key.',
  },
  'several-rows': {
    pl: 'W arkuszu jest kilka takich wierszy. Trzeba zostawić jeden.',
    en: 'The sheet has several such rows. Keep only one.',
  },
  'row-changed': {
    pl: 'Ktoś zmienił ten wiersz w międzyczasie. Niczego nie zapisano; trzeba odczytać go ponownie.',
    en: 'Somebody has changed this row in the meantime. Nothing was written; read the row again.',
  },
  'cell-is-formula': {
    pl: 'W tej komórce jest formuła. Niczego nie zapisano.',
    en: 'This cell holds a formula. Nothing was written.',
  },
  'row-refused': {
    pl: 'Tego wiersza nie da się zapisać w arkuszu. Poniżej jest powód.',
    en: 'This row cannot be written into the sheet. The reason is below.',
  },
};

/** One business exception as a sentence for the person who decides; undefined for one that a definition has made up. */
export function businessText(code: string, language: Language): string | undefined {
  return Object.hasOwn(TEXTS, code) ? TEXTS[code]?.[language] : undefined;
}
