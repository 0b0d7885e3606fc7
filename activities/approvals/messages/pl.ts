import type { MailMessages } from './en.ts';

export const pl: MailMessages = {
  subject: {
    approval: (what) => `Do akceptacji: ${what}`,
    validation: (what) => `Do sprawdzenia: ${what}`,
    reply: (subject) => `Re: ${subject}`,
  },
  lead: {
    approval: 'Faktura czeka na Twoją akceptację',
    second: 'Faktura czeka na drugą akceptację: Twoją',
    validation: 'Faktura czeka, aż sprawdzisz jej pola',
    reminder: 'Wciąż czeka na Ciebie',
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
  findings: 'Zwróć uwagę',
  button: { approval: 'Zobacz i zdecyduj', validation: 'Sprawdź pola' },
  until: (when) => `Prosimy o decyzję do ${when}. Później faktura zostanie uznana za odrzuconą.`,
  harmless: 'Samo otwarcie odnośnika o niczym nie decyduje.',
  yours: 'Odnośnik jest tylko dla Ciebie: kto go ma, może zdecydować w Twoim imieniu, więc go nie przekazuj.',
  copy: 'Jeśli przycisk nie działa, skopiuj ten adres:',
  sentBy: (company) => `Wiadomość od: ${company}, zaplecze. Odpowiedź na nią o niczym nie decyduje.`,
};
