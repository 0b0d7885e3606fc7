import type { PeopleMessages } from './en.ts';

/** Polish counts 2 to 4 (but not 12 to 14) otherwise than the rest. */
function counted(count: number, one: string, few: string, many: string): string {
  if (count === 1) return `1 ${one}`;
  const isFew = count % 10 >= 2 && count % 10 <= 4 && (count % 100 < 12 || count % 100 > 14);
  return `${count} ${isFew ? few : many}`;
}

export const peoplePl: PeopleMessages = {
  inPlaceOf: (name) => `W zastępstwie: ${name}`,
  approvals: (made, need) => `Akceptacje: ${made} z ${need}`,
  othersAsked: (left) =>
    `Brakuje jeszcze: ${counted(left, 'akceptacja', 'akceptacje', 'akceptacji')}. Prosimy o nie inne osoby.`,
  changes: {
    heading: 'Możesz zmienić',
    choose: 'Wybierz wartość z listy.',
    tooLong: 'Ta wartość jest za długa.',
    changed: (before, after) => `${before || '–'} → ${after || '–'}`,
  },
  comment: {
    open: 'Dodaj komentarz…',
    label: 'Komentarz',
    tooLong: (most) => `Komentarz jest za długi: najwyżej ${most} znaków.`,
  },
  more: 'Masz wątpliwości albo to nie Twoja decyzja?',
  ask: {
    open: 'Zadaj pytanie…',
    to: 'Kogo pytasz?',
    text: 'Twoje pytanie',
    hint: 'Ta osoba dostanie wiadomość z odnośnikiem do odpowiedzi. Zdecydujesz potem.',
    send: 'Wyślij pytanie',
  },
  delegate: {
    open: 'Przekaż…',
    to: 'Kto zdecyduje zamiast Ciebie?',
    other: (domains) => `albo inny adres (${domains})`,
    note: 'Notatka (nieobowiązkowo)',
    hint: 'Ta osoba dostanie własny odnośnik. Od tej chwili nie będzie to już Twoja decyzja.',
    send: 'Przekaż',
  },
  choosePerson: 'Wybierz osobę.',
  unknownPerson: 'Tej osoby nie można tu wybrać.',
  textMissing: 'Napisz kilka słów.',
  textTooLong: (most) => `Tekst jest za długi: najwyżej ${most} znaków.`,
  trail: {
    heading: 'Dotychczas',
    question: (by, to) => `Pytanie – od: ${by}, do: ${to}`,
    answer: (by) => `Odpowiedź – ${by}`,
    comment: (by) => `Wiadomość – ${by}`,
    unverified: (claimed) => `Wiadomość, która jako nadawcę podaje ${claimed} (nadawca niepotwierdzony)`,
    delegated: (by, to) => `Decyzja przekazana – od: ${by}, do: ${to}`,
    substituted: (by, to) => `Zastępstwo za: ${by}. Decyduje: ${to}`,
    returned: (by, to) => `Koniec zastępstwa (${to}). Decyduje: ${by}`,
    escalated: (to) => `Nikt nie zdecydował na czas, więc o decyzję prosimy także: ${to}`,
    approved: (by) => `${by} akceptuje`,
  },
  done: {
    asked: (to) => `Pytanie wysłane do: ${to}`,
    askedDetail: 'Dostaniesz wiadomość, gdy nadejdzie odpowiedź. Twój odnośnik nadal działa.',
    handed: (to) => `Decyzja przekazana; teraz decyduje: ${to}`,
    handedDetail: (when) => `${when}. Pod Twoim odnośnikiem zobaczysz, jaka decyzja zapadła.`,
    answered: 'Dziękujemy za odpowiedź',
    answeredDetail: 'Została przekazana. Nie musisz już nic robić.',
    taken: 'Przyjęto',
    takenDetail: 'Wiadomość jest właśnie wysyłana. Otwórz odnośnik ponownie za chwilę.',
  },
  answer: {
    title: 'Odpowiedz na pytanie',
    lead: (name) => `Przed decyzją pyta: ${name}`,
    label: 'Twoja odpowiedź',
    send: 'Wyślij odpowiedź',
    answered: 'Na to pytanie już jest odpowiedź',
    over: 'Decyzja już zapadła, więc odpowiedź nie jest potrzebna.',
  },
  code: {
    'mail-code': {
      label: 'Kod z wiadomości',
      hint: (email) => `Wysłaliśmy sześciocyfrowy kod na adres ${email}. Jest ważny dziesięć minut.`,
    },
    passkey: {
      label: 'Potwierdź kluczem dostępu',
      hint: () => 'Po wybraniu „Akceptuję” urządzenie poprosi o odcisk palca, twarz albo PIN.',
    },
    instead: 'Użyj kodu zamiast klucza',
    unsigned: 'Nie udało się potwierdzić kluczem dostępu. Spróbuj jeszcze raz albo użyj kodu.',
    authenticator: { label: 'Kod z aplikacji uwierzytelniającej', hint: () => 'Sześć cyfr z aplikacji w telefonie.' },
    again: 'Wyślij nowy kod',
    needed: 'Akceptacja takiej kwoty wymaga kodu.',
    wrong: 'Ten kod jest nieprawidłowy. Sprawdź go jeszcze raz.',
    'used-up': 'Zbyt wiele błędnych prób. Poproś o nowy kod.',
    none: 'Ten kod stracił ważność. Poproś o nowy.',
    locked: 'Zbyt wiele błędnych kodów. Tę fakturę musi zaakceptować ktoś inny – możesz ją przekazać.',
  },
  digest: {
    title: (count) => `Do akceptacji: ${counted(count, 'faktura', 'faktury', 'faktur')}`,
    lead: 'O każdej decydujesz osobno i osobno jest to zapisywane.',
    approve: 'Akceptuję',
    reject: 'Odrzucam',
    later: 'Później',
    choiceOf: (what) => `Decyzja: ${what}`,
    reason: 'Dlaczego ją odrzucasz?',
    details: 'Zobacz fakturę',
    send: 'Wyślij te decyzje',
    all: (count) => (count === 2 ? 'Akceptuję obie' : `Akceptuję wszystkie (${count})`),
    results: (done) => `Zapisano: ${counted(done, 'decyzja', 'decyzje', 'decyzji')}.`,
    reasonMissing: 'Napisz, dlaczego ją odrzucasz.',
    nothingChosen: 'Nic jeszcze nie jest wybrane.',
    empty: 'Nic z tej listy już na Ciebie nie czeka.',
    single: 'Decyzja na osobnej stronie',
  },
  removed: {
    title: 'To już nie Twoja decyzja',
    detail:
      'Nie ma Cię już na liście osób, które to akceptują. O decyzję prosimy kogoś innego. Twoja decyzja nie została zapisana.',
  },
  actRefusals: {
    'to-requester': 'To wniosek tej osoby, więc nie może o nim decydować.',
    'to-oneself': 'Wybierz kogoś innego niż siebie.',
    'to-approver': 'Ta osoba dostała już prośbę o decyzję albo zdecydowała. Wybierz kogoś innego.',
    'nobody-left': 'Ta osoba jest potrzebna do kolejnej akceptacji. Wybierz kogoś innego.',
    'too-many-acts': 'Wykorzystano już limit dla jednej faktury. Zdecyduj albo porozmawiajcie.',
    'unknown-question': 'To pytanie było do kogoś innego.',
    answered: 'Na to pytanie już jest odpowiedź.',
    undelivered: 'Nie udało się wysłać wiadomości do tej osoby, więc nic się nie zmieniło. Wybierz kogoś innego.',
  },
};
