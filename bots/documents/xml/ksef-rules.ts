import type { Finding } from '../../../core/model/invoice.ts';
import { dateOf } from './draft.ts';
import { KSEF_NAMESPACES } from './ksef.ts';
import { checkRelations } from './ksef-relations.ts';
import { tellsFor, type Tell } from './ksef-tell.ts';
import { allAt, at, textAt, walk, type XmlElement } from './tree.ts';

/**
 * Structure of FA(3) and FA(2) as far as it decides what an invoice says: required elements, order, formats, choices,
 * and the relations that the Ministry's brochure demands. Each finding names element, line and rule.
 */
export function checkKsef(root: XmlElement): Finding[] {
  const { tells, findings } = tellsFor(KSEF_NAMESPACES[root.namespace] ?? 'FA');
  const tell = tells.schema;
  if (!(root.namespace in KSEF_NAMESPACES)) tell(root, `namespace "${root.namespace}" is not that of FA(3) or FA(2)`);
  checkRequired(root, tell);
  checkOrder(root, tell);
  checkFormats(root, tell);
  checkChoices(root, tell);
  checkRelations(root, tells);
  return findings;
}

const REQUIRED: readonly (readonly [path: string, names: readonly string[]])[] = [
  ['Podmiot1/DaneIdentyfikacyjne', ['NIP', 'Nazwa']],
  ['Podmiot2', ['DaneIdentyfikacyjne']],
  ['Fa', ['KodWaluty', 'P_1', 'P_2', 'P_15', 'Adnotacje', 'RodzajFaktury']],
  ['Fa/Adnotacje', ['P_16', 'P_17', 'P_18', 'P_18A', 'Zwolnienie', 'NoweSrodkiTransportu', 'P_23', 'PMarzy']],
];

/** Elements whose type forbids an empty text (TNrNIP, TZnakowy). */
const FILLED = /^(?:NIP|Nazwa|KodKraju|AdresL1|KodWaluty|P_\w+|NrRB|NrWierszaFa|RodzajFaktury)$/;

function checkRequired(root: XmlElement, tell: Tell): void {
  for (const [path, names] of REQUIRED) {
    const parent = at(root, path);
    if (!parent) tell(root, `${path} is missing`, path);
    else for (const name of names) if (!at(parent, name)) tell(parent, `${name} is missing in ${parent.name}`, name);
  }
  walk(root, (element) => {
    const empty = FILLED.test(element.name) && element.children.length === 0 && element.text === '';
    if (empty) tell(element, 'is empty');
  });
}

/** Elements of Fa in the order of the schema; only those that every invoice may have. */
const FA_ORDER = (
  'KodWaluty P_1 P_1M P_2 WZ P_6 OkresFa P_13_1 P_14_1 P_14_1W P_13_2 P_14_2 P_14_2W P_13_3 P_14_3 P_14_3W P_13_4 P_14_4 ' +
  'P_14_4W P_13_5 P_14_5 P_13_6_1 P_13_6_2 P_13_6_3 P_13_7 P_13_8 P_13_9 P_13_10 P_13_11 P_15 KursWalutyZ Adnotacje RodzajFaktury ' +
  'PrzyczynaKorekty TypKorekty DaneFaKorygowanej OkresFaKorygowanej NrFaKorygowany Podmiot1K Podmiot2K P_15ZK KursWalutyZK ' +
  'ZaliczkaCzesciowa FP TP DodatkowyOpis FakturaZaliczkowa ZwrotAkcyzy FaWiersz Rozliczenie Platnosc WarunkiTransakcji Zamowienie'
).split(' ');

/** Elements that a party's identification may have. */
const IDENTITY = new Set('NIP Nazwa KodUE NrVatUE KodKraju NrID BrakID IDWew'.split(' '));

function checkOrder(root: XmlElement, tell: Tell): void {
  let last = 0;
  for (const child of at(root, 'Fa')?.children ?? []) {
    const place = FA_ORDER.indexOf(child.name);
    if (place < 0) tell(child, 'is no element of Fa');
    else if (place < last) tell(child, `comes after ${FA_ORDER[last] ?? ''}, which it must precede`);
    else last = place;
  }
  walk(root, (element) => {
    if (element.name === 'DaneIdentyfikacyjne') {
      for (const child of element.children)
        if (!IDENTITY.has(child.name)) tell(child, 'is no element of DaneIdentyfikacyjne');
    }
    if (/^GTU_\d+$/.test(element.name)) tell(element, `write <GTU>${element.name}</GTU>`);
  });
}

/** Decimals that the schema's types allow: TKwotowy 2, TIlosci 6, TKwotowy2 (unit prices) 8. */
const DECIMALS: readonly (readonly [RegExp, number])[] = [
  [/^(?:P_13_\d+(?:_\d)?|P_14_\d+W?|P_15(?:ZK)?|P_11A?|P_11Vat)$/, 2],
  [/^P_8B$/, 6],
  [/^P_(?:9A|9B|10)$/, 8],
];
/** KSeF number: NIP, date, twelve hexadecimal digits, checksum. */
const KSEF_NUMBER = /^\d{10}-\d{8}-[0-9A-F]{6}-?[0-9A-F]{6}-[0-9A-F]{2}$/;
/** xs:dateTime: a date alone is none. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;
const DATES = /^(?:P_1|P_6|P_6_Od|P_6_Do|P_6A|Termin|DataZaplaty|DataWystFaKorygowanej)$/;
const COUNTRY = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

function checkFormats(root: XmlElement, tell: Tell): void {
  walk(root, (element) => {
    const { name, text } = element;
    if (element.children.length > 0 || text === '') return;
    const places = DECIMALS.find(([names]) => names.test(name))?.[1];
    if (places !== undefined && !/^-?\d+(\.\d+)?$/.test(text)) tell(element, `"${text}" is not a decimal number`);
    else if (places !== undefined && (text.split('.')[1]?.length ?? 0) > places)
      tell(element, `"${text}" has more than ${places} decimals`);
    if (DATES.test(name) && (!/^\d{4}-\d{2}-\d{2}/.test(text) || !dateOf(text)))
      tell(element, `"${text}" is not a date`);
    if (name === 'DataWytworzeniaFa' && (!DATE_TIME.test(text) || Number.isNaN(Date.parse(text))))
      tell(element, `"${text}" is not a date and time`);
    if (name === 'KodKraju' && (!/^[A-Z]{2}$/.test(text) || COUNTRY.of(text) === undefined))
      tell(element, `"${text}" is not a country code`);
    if (/^NrKSeF(?:Fa)/.test(name) && !KSEF_NUMBER.test(text)) tell(element, `"${text}" is not a KSeF number`);
    if (name === 'NIP' && !/^[1-9]\d{9}$/.test(text)) tell(element, `"${text}" is not a NIP`);
  });
}

/** Annotations of which exactly one stands: the fact, or that it does not apply. */
const CHOICES: readonly (readonly [path: string, yes: string, no: string])[] = [
  ['Zwolnienie', 'P_19', 'P_19N'],
  ['NoweSrodkiTransportu', 'P_22', 'P_22N'],
  ['PMarzy', 'P_PMarzy', 'P_PMarzyN'],
];

function checkChoices(root: XmlElement, tell: Tell): void {
  const notes = at(root, 'Fa/Adnotacje');
  for (const [path, yes, no] of CHOICES) {
    const group = at(notes, path);
    if (!group) continue;
    const count = Number(textAt(group, yes) === '1') + Number(textAt(group, no) === '1');
    const others = group.children.filter((child) => child.name !== no && child.name !== yes);
    if (textAt(group, no) === '1' && others[0]) tell(others[0], `is used together with ${no}, which excludes it`);
    if (count !== 1) tell(group, `has ${count} of ${yes} and ${no}; exactly one is needed`);
  }
  for (const line of allAt(root, 'Fa/FaWiersz')) {
    if (!at(line, 'NrWierszaFa')) tell(line, 'NrWierszaFa is missing in FaWiersz', 'NrWierszaFa');
  }
}
