/**
 * Po polsku, jakiego rodzaju jest uwaga do definicji. Szczegóły (nazwy, miejsca, propozycje) mówi sama uwaga, po
 * angielsku, tak jak w wierszu poleceń.
 */
const RULES: Readonly<Record<string, string>> = {
  'yaml/alias': 'Odwołanie YAML, którego nie wolno tu użyć',
  'yaml/duplicate-key': 'Ta sama nazwa stoi tu drugi raz',
  'yaml/empty': 'Plik jest pusty',
  'yaml/key': 'Nazwa, która nie jest zwykłym tekstem',
  'yaml/no-text': 'To nie jest plik tekstowy',
  'yaml/number': 'Liczba, która zostałaby zaokrąglona: trzeba ją wziąć w cudzysłów',
  'yaml/several-documents': 'W pliku jest więcej niż jedna definicja',
  'yaml/syntax': 'Błąd zapisu: wcięcie, dwukropek albo cudzysłów',
  'yaml/tab': 'Tabulator we wcięciu: potrzebne są spacje',
  'yaml/too-deep': 'Zbyt wiele poziomów zagnieżdżenia',
  'yaml/too-large': 'Plik jest za duży',
  'yaml/unquoted-expression': 'Wyrażenie ${ … } trzeba wziąć w cudzysłów',
  'yaml/value': 'Wartość, której nie można tu zapisać',
  'dsl/missing': 'Brakuje czegoś, co jest konieczne',
  'dsl/type': 'Wartość innego rodzaju, niż potrzeba',
  'dsl/unknown-property': 'Nieznane słowo',
  'dsl/value': 'Nieprawidłowa wartość',
  'dsl/version': 'Inna wersja języka niż 1.0.x',
  'call/catalog': 'Nieznany katalog funkcji',
  'call/missing': 'Funkcji brakuje danej, która jest konieczna',
  'call/missing-property': 'Brakuje danej, której funkcja potrzebuje',
  'call/remote': 'Funkcja spoza systemu: nie da się jej tu sprawdzić',
  'call/type': 'Dana funkcji jest innego rodzaju, niż potrzeba',
  'call/unknown': 'Nieznana funkcja',
  'call/unknown-property': 'Funkcja nie zna tej danej',
  'call/unsupported': 'Tego silnik nie robi',
  'call/value': 'Nieprawidłowa wartość danej funkcji',
  'expression/jq': 'Błąd w wyrażeniu jq',
  'expression/language': 'Wyrażenia w innym języku niż jq',
  'expression/text': 'Wygląda na wyrażenie, a jest tekstem: brakuje ${ }',
  'expression/unset': 'Tej wartości nikt wcześniej nie ustawia',
  'flow/default': 'Wybór (switch) ma więcej niż jeden przypadek domyślny',
  'flow/duplicate-name': 'Dwa kroki mają tę samą nazwę',
  'flow/endless': 'Pętla, która się nie kończy',
  'flow/recursion': 'Definicje uruchamiają się nawzajem bez końca',
  'flow/then': 'Przejście do kroku, którego nie ma',
  'flow/unreachable': 'Krok, do którego nic nie prowadzi',
  'form/invalid': 'Błąd w opisie formularza',
  'mail/placeholder': 'Błąd w polu {{ }} treści wiadomości',
  'reference/file': 'Brakuje pliku obok definicji',
  'reference/secret': 'Sekret nie jest zadeklarowany',
  'reference/settings': 'Ustawienia nie znają tej nazwy',
  'run/guarded': 'Uruchamia program na komputerze: operator musi na to pozwolić',
  'schedule/cron': 'Błąd w terminie (cron)',
  'schedule/duration': 'Nieprawidłowy okres',
};

/** Wszystkie odwołania do tego, czego nie ma pod `use`. */
const REFERENCE = 'Odwołanie do czegoś, czego nie ma pod „use”';

/** Rodzaj uwagi; pusty dla reguły, której tu nie ma. */
export function rulePl(rule: string): string {
  return RULES[rule] ?? (rule.startsWith('reference/') ? REFERENCE : '');
}
