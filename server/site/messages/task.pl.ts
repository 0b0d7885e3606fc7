import type { Adaptation } from '../../../core/messages/adapted.ts';
import type { Messages } from './en.ts';
import type { TaskMessages } from './task-page.en.ts';

export const taskPl: TaskMessages = {
  done: 'Zrobione',
  cannot: 'Nie mogę tego zrobić…',
  why: 'Dlaczego?',
  cannotNow: 'Wyślij',
  until: (when) => `Prosimy o wykonanie do ${when}. Później zadanie wygaśnie.`,
  wrong: 'Niektóre pola wymagają poprawy. Zaznaczyliśmy je poniżej.',
  tooLarge: (name, megabytes) => `Plik ${name} jest za duży: najwyżej ${megabytes} MB na plik.`,
};

export const taskWordsPl: Adaptation<Messages> = {
  decide: { reason: 'Dlaczego?', reasonHint: '' },
  problems: { reasonMissing: 'Napisz dlaczego: ktoś inny musi znaleźć rozwiązanie.' },
  state: {
    rejectedByYou: 'Zadanie oznaczone przez Ciebie jako niewykonalne',
    rejectedBy: (name) => `Zadania nie może wykonać: ${name}`,
    expired: 'Czas na to zadanie minął',
    expiredDetail: (when) => `Do ${when} nikt tego nie zrobił.`,
    withdrawn: 'Zadanie zostało wycofane',
    withdrawnDetail: 'Proces, który o to prosił, już się zakończył. Nie trzeba niczego robić.',
    accepted: 'Zadanie zostało przyjęte',
  },
  people: {
    more: 'Masz wątpliwości albo to nie Twoje zadanie?',
    delegate: {
      to: 'Kto zrobi to zamiast Ciebie?',
      hint: 'Ta osoba dostanie własny odnośnik. Potem nie możesz już tego zrobić.',
    },
    ask: { hint: 'Ta osoba dostanie wiadomość i odpowie na osobnej stronie. Potem wrócisz do zadania.' },
    answer: { title: 'Odpowiedź na pytanie', lead: (name) => `${name} pyta w sprawie zadania:` },
  },
};
