import type { Adaptation } from '../../../core/messages/adapted.ts';
import type { Messages } from './en.ts';

/** Polish counts 2 to 4 (but not 12 to 14) otherwise than the rest. */
function requests(count: number): string {
  if (count === 1) return '1 wniosek';
  const few = count % 10 >= 2 && count % 10 <= 4 && (count % 100 < 12 || count % 100 > 14);
  return `${count} ${few ? 'wnioski' : 'wniosków'}`;
}

export const subjectPl: Adaptation<Messages> = {
  title: { approval: 'Wniosek do decyzji' },
  facts: { heading: 'Wniosek' },
  lines: { heading: 'Szczegóły' },
  document: { heading: 'Pliki' },
  decide: {
    reason: 'Dlaczego odrzucasz wniosek?',
    reasonHint: 'Powód przeczyta osoba, która go złożyła.',
    until: (when) => `Decyzja do ${when}. Później wniosek zostanie uznany za odrzucony.`,
  },
  state: {
    approvedByYou: 'Wniosek zaakceptowany przez Ciebie',
    rejectedByYou: 'Wniosek odrzucony przez Ciebie',
    approvedBy: (name) => `Wniosek zaakceptowany (${name})`,
    rejectedBy: (name) => `Wniosek odrzucony (${name})`,
    expiredDetail: (when) => `Do ${when} nikt nie zdecydował, więc wniosek jest uznany za odrzucony.`,
  },
  people: {
    code: {
      needed: 'Akceptacja tego wniosku wymaga kodu.',
      locked: 'Zbyt wiele błędnych kodów. Ten wniosek musi zaakceptować ktoś inny – możesz go przekazać.',
    },
    digest: {
      title: (count) => `Do decyzji: ${requests(count)}`,
      lead: 'O każdym decydujesz osobno i osobno jest to zapisywane.',
      reason: 'Dlaczego go odrzucasz?',
      details: 'Zobacz wniosek',
      all: (count) => (count === 2 ? 'Akceptuję oba' : `Akceptuję wszystkie (${count})`),
      reasonMissing: 'Napisz, dlaczego go odrzucasz.',
    },
    actRefusals: { 'too-many-acts': 'Wykorzystano już limit dla jednego wniosku. Zdecyduj albo porozmawiajcie.' },
  },
};
