import type { MailMessages } from './en.ts';

/** Polish counts 2 to 4 (but not 12 to 14) otherwise than the rest. */
function isFew(count: number): boolean {
  return count % 10 >= 2 && count % 10 <= 4 && (count % 100 < 12 || count % 100 > 14);
}

function invoices(count: number): string {
  if (count === 1) return '1 faktura';
  return `${count} ${isFew(count) ? 'faktury' : 'faktur'}`;
}

export const pl: MailMessages = {
  subject: {
    approval: (what) => `Do akceptacji: ${what}`,
    validation: (what) => `Do sprawdzenia: ${what}`,
    task: (what) => `Do zrobienia: ${what}`,
    reply: (subject) => `Re: ${subject}`,
    digest: (count) => `Do akceptacji: ${invoices(count)}`,
    question: (what) => `Pytanie: ${what}`,
    code: (what) => `Kod do akceptacji: ${what}`,
  },
  lead: {
    approval: 'Faktura czeka na Twoją akceptację',
    second: 'Faktura czeka na Twoją akceptację jako drugiej osoby',
    validation: 'Sprawdź pola faktury',
    reminder: 'Przypomnienie: to wciąż czeka na Ciebie',
    substitute: (name) => `Faktura czeka na Twoją akceptację – zastępujesz: ${name}`,
    delegated: (name) => `${name} przekazuje Ci fakturę do akceptacji`,
    substituteChecks: (name) => `Sprawdź pola faktury – zastępujesz: ${name}`,
    delegatedCheck: (name) => `${name} przekazuje Ci fakturę do sprawdzenia`,
    escalated: 'Nikt jeszcze nie zdecydował, więc faktura czeka także na Twoją akceptację',
    digest: (count) => `Na Twoją akceptację ${isFew(count) ? 'czekają' : 'czeka'} ${invoices(count)}`,
    question: (name) => `${name} pyta Cię o fakturę przed podjęciem decyzji`,
    answer: (name) => `${name} odpowiada na Twoje pytanie`,
    comment: (name) => `${name} odpisuje na wiadomość. To komentarz, nie decyzja`,
    unverified: (claimed) =>
      `Nadeszła wiadomość, która jako nadawcę podaje ${claimed} (niepotwierdzony). To komentarz, nie decyzja`,
    code: 'Aby zaakceptować tę fakturę, wpisz na stronie ten kod',
  },
  approvedBefore: (name, when) => `Pierwsza akceptacja: ${name}, ${when}.`,
  unknownSupplier: 'Nieznany dostawca',
  noAmount: 'Nie odczytano kwoty',
  number: 'Numer faktury',
  issued: 'Data wystawienia',
  due: 'Termin płatności',
  inDays: (days) => (days === 0 ? 'dziś' : days === 1 ? 'jutro' : `za ${days} dni`),
  daysAgo: (days) => (days === 1 ? 'dzień temu' : `${days} dni temu`),
  account: 'Rachunek',
  requester: 'Wnioskuje',
  findings: 'Zwróć uwagę',
  button: {
    approval: 'Zobacz i zdecyduj',
    validation: 'Sprawdź pola',
    task: 'Zobacz zadanie',
    digest: 'Zobacz i zdecyduj o wszystkich',
    answer: 'Odpowiedz',
  },
  total: 'Razem',
  codeUntil: (when) => `Kod jest ważny do ${when}.`,
  codeNotYou:
    'Jeśli to nie Ty właśnie akceptujesz fakturę, ktoś inny ma Twój odnośnik: nie podawaj kodu nikomu i powiadom administratora.',
  answerUntil: (when) => `Decyzja o fakturze zapadnie najpóźniej ${when}.`,
  answerYours: 'Otwarcie odnośnika niczego nie zmienia, a odpowiedź nie jest decyzją.',
  singly: 'O każdej fakturze decydujesz osobno, także na wspólnej stronie.',
  until: (when) => `Prosimy o decyzję do ${when}. Później faktura zostanie uznana za odrzuconą.`,
  harmless: 'Samo otwarcie odnośnika o niczym nie decyduje.',
  yours: 'Odnośnik jest tylko dla Ciebie: kto go ma, może zdecydować w Twoim imieniu, więc go nie przekazuj.',
  copy: 'Jeśli przycisk nie działa, skopiuj ten adres:',
  sentBy: (company) => `Wiadomość od: ${company}, zaplecze. Odpowiedź na tę wiadomość nie jest decyzją.`,
};
