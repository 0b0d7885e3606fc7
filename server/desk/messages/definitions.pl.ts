import type { DeskMessages } from './en.ts';
import { rulePl } from './rules.pl.ts';

/** Teksty stron autora. */
export const definitions: DeskMessages['definitions'] = {
  title: 'Definicje',
  deployedNow: 'Wdrożone definicje',
  none: 'Nic jeszcze nie wdrożono.',
  since: (when) => `od ${when}`,
  send: 'Sprawdź lub wdróż definicję',
  sendHint:
    'Cały katalog z formularzami i treścią wiadomości albo jeden plik. Trwające przebiegi zachowują wersję, z którą ruszyły.',
  folder: 'Katalog definicji',
  file: 'albo jeden plik',
  check: 'Tylko sprawdź',
  deploy: 'Wdróż',
  nothing:
    'W wybranych plikach nie ma definicji. Wybierz katalog z jednym plikiem automation.yaml albo jeden plik YAML.',
  wrong: (file) => `Pliku ${file} nie można wdrożyć w tej postaci.`,
  sound: (file) => `Plik ${file} jest poprawny. Nie został wdrożony.`,
  deployed: (what) => `Wdrożono: ${what}.`,
  unchanged: (what) => `Ta sama treść jest już wdrożona: ${what}.`,
  proposed: (what: string) => `${what} czeka na potwierdzenie. Zostanie wdrożona, gdy potwierdzi ją druga osoba.`,
  proposals: 'Czekają na drugą osobę',
  proposalsHint: 'Te definicje księgują lub płacą. Musi je potwierdzić ktoś inny niż osoba, która je zgłosiła.',
  by: (who: string) => `zgłoszona przez: ${who}`,
  confirm: 'Potwierdź i wdróż',
  reject: 'Odrzuć',
  undeploy: 'Wycofaj',
  notYours: 'Nie możesz tego zrobić: definicja należy do innego działu albo to Twoje zgłoszenie.',
  gone: 'To już nie czeka: zapadła decyzja albo definicja nie jest już wdrożona.',
  versionTaken: 'Ta wersja jest już wdrożona z inną treścią. Podnieś document.version i wdróż ponownie.',
  findings: 'Uwagi',
  severities: { error: 'błąd', warning: 'ostrzeżenie' },
  rule: rulePl,
  place: (line, column) => `wiersz ${line}, kolumna ${column}`,
  changes: 'Różnice względem poprzedniej wersji',
  kinds: { added: 'dodano', removed: 'usunięto', changed: 'zmieniono', moved: 'przeniesiono' },
  versions: 'Wersje',
  running: (count) => (count === 0 ? 'bez trwających przebiegów' : `trwające przebiegi: ${count}`),
  source: (version) => `Treść wersji ${version}`,
  back: 'Wszystkie definicje',
};
