/** What a column of an item table holds. `amount` is the line's value, net or gross not said. */
export type ColumnKind =
  | 'position'
  | 'name'
  | 'code'
  | 'quantity'
  | 'unit'
  | 'unitPrice'
  | 'unitGross'
  | 'discount'
  | 'rate'
  | 'vat'
  | 'net'
  | 'gross'
  | 'amount'
  | 'other';

/**
 * Headings of item tables in eight languages, over folded text (small letters, no diacritics). Longer matches win, so
 * "cena netto" is a price and "wartosc netto" an amount.
 */
const HEADINGS: Readonly<Record<ColumnKind, readonly string[]>> = {
  position: [
    'l\\.? ?p\\.?',
    'poz\\.?',
    'pos(?:ition)?\\.?(?: ?nr\\.?)?',
    '#',
    'no\\.?',
    'nr\\.?',
    's/n',
    'item ?(?:no\\.?|#)',
  ],
  name: [
    'nazwa(?: (?:towaru|produktu|uslugi|pozycji))?(?:(?: lub | i | ?/ ?|, ?)(?:towaru|uslugi|uslug|produktu))*',
    '(?:opis|wyszczegolnienie|przedmiot|tresc|towar|usluga|produkt)(?: (?:towaru|uslugi|sprzedazy|pozycji))?(?: ?/ ?(?:usluga|opis))?',
    '(?:item |product |service |goods |work )?descriptions?(?: of (?:goods|services?|goods (?:and|&|/|or) services))?',
    'items?(?: (?:name|product))?',
    'products?(?: ?/ ?services?)?',
    'services?',
    'details',
    'particulars',
    '(?:artikel|waren?|leistungs?)?-?(?:bezeichnung|beschreibung)',
    'artikel',
    'leistung',
    'designation',
    'libelle',
    'prestations?',
    'omschrijving',
    'descrizione',
    'articolo',
    'descripcion',
    'concepto',
    'articulo',
    'descricao',
    'designacao',
  ],
  code: [
    '(?:pkwiu|pkob|cn|gtu|sku|kod|code|indeks|index|ean|barcode|gtin|hsn|symbol)(?: (?:pkwiu|cn|ean|towaru))?(?: ?/ ?(?:cn|pkwiu|gtu))?',
    'art(?:ikel)?\\.?[ -]*(?:nr|no|nummer)\\.?',
    '(?:item|product|part|article) (?:code|number|no)\\.?',
    'ref(?:erence)?\\.?',
    'codice',
    'codigo',
    'referencia',
  ],
  quantity: [
    'ilosc(?: ?/ ?qty)?',
    '(?:hrs ?/ ?)?qty\\.?(?: ?/ ?hrs?)?',
    'quantity',
    'hours',
    'units',
    'menge',
    'anzahl',
    'stuckzahl',
    'quantite',
    'qte\\.?',
    'nombre',
    'aantal',
    "quantita'?",
    'q\\.?ta\\.?',
    'cantidad',
    'cant\\.?',
    'quantidade',
    'qtd\\.?',
    'qtde\\.?',
  ],
  unit: [
    'j\\. ?m\\.?',
    'jm\\.?',
    'jedn(?:ostka|\\.)?(?: ?miary)?',
    'miara',
    'unit',
    'uom',
    'u/m',
    'me',
    'einheit',
    'unite',
    'eenheid',
    'u\\.m\\.?',
    'unidad',
    'ud\\.?',
    'un\\.',
  ],
  unitPrice: [
    'cena(?: (?:jedn(?:ostkowa|\\.)?|katalogowa))?(?: ?netto)?(?: jedn\\.?)?',
    'netto cena',
    '(?:net |list )?(?:unit )?(?:price|cost)(?: per unit)?(?: ?(?:net|excl\\.?))?',
    'rate(?: ?/ ?price)?',
    '(?:einzel|stuck|netto|e)-?preis(?: netto)?',
    'ep\\.?',
    'preis(?: ?(?:/|pro|je) ?einheit)?',
    '(?:prix unitaire|p\\.? ?u\\.?)(?: ?h\\.?t\\.?)?',
    '(?:stuks|eenheids)?prijs',
    'prezzo(?: unit(?:ario|\\.))?',
    'precio(?: unit(?:ario|\\.))?',
    'preco(?: unit(?:ario|\\.))?',
  ],
  unitGross: ['cena(?: jedn(?:ostkowa|\\.)?)? ?brutto', 'gross (?:unit )?price', 'bruttopreis', 'prix unitaire ttc'],
  discount: [
    '(?:rabat|upust)(?: ?\\[?%\\]?)?',
    'disc(?:ount|\\.)?(?: ?\\(?%\\)?)?',
    'adjust(?:ment)?',
    'allowances?(?: ?/ ?charges)?',
    'rabatt(?: ?%)?',
    'remise(?: ?%)?',
    'korting',
    'sconto',
    'descuento',
    'dto\\.?',
    'desconto',
  ],
  rate: [
    '(?:stawka|st\\.) ?(?:vat|podatku|ptu)?(?: ?\\(?%\\)?)?',
    'vat(?: ?rate)?(?: ?\\[?\\(?%\\)?\\]?)?',
    '% ?vat',
    '(?:tax|gst|sst)(?:es)?(?: ?rate)?(?: ?\\(?%\\)?)?',
    '(?:ust|mwst)\\.?(?:-?satz)?(?: ?\\(?%\\)?)?',
    'steuersatz(?: ?\\[?\\(?%\\)?\\]?)?',
    '(?:taux |% ?)?t\\.?v\\.?a\\.?(?: ?%)?',
    'btw(?: ?%)?',
    '(?:aliq(?:uota|\\.)? ?)?iva(?: ?%)?',
  ],
  vat: [
    '(?:kwota|wartosc|podatek) ?(?:vat|podatku)',
    '(?:vat|tax|gst|sst) (?:amount|value)',
    'steuerbetrag',
    '(?:ust|mwst)\\.?-?betrag',
    'montant (?:de la )?t\\.?v\\.?a\\.?',
    'importe iva',
  ],
  net: [
    '(?:wartosc|kwota|suma|razem)(?: sprzedazy| towaru| uslugi)?(?: bez podatku| ?netto)',
    'netto(?:[ -]?(?:betrag|wert|summe))?',
    'net(?: ?(?:amount|value|total|worth))?',
    '(?:total|amount) (?:net|excl\\.?(?: vat)?)',
    '(?:montant|total|prix total) ?\\(?h\\.?t\\.?\\)?',
    'imponibile',
    'totaal excl\\.?(?: btw)?',
    'base imponible',
  ],
  gross: [
    '(?:wartosc|kwota|suma|razem)(?: sprzedazy| towaru| uslugi)? ?(?:brutto|z podatkiem)',
    'brutto(?:[ -]?(?:betrag|wert|summe))?',
    'gross(?: ?(?:amount|value|total|worth))?',
    '(?:total|amount) incl\\.?(?: vat| gst| tax)?',
    '(?:montant|total|prix total) ?\\(?t\\.?t\\.?c\\.?\\)?',
    'totaal incl\\.?(?: btw)?',
  ],
  amount: [
    'wartosc',
    'kwota',
    '(?:line )?(?:total|amount)(?: ?(?:price|amount|due))?(?: ?\\(?(?:rm|eur|usd|pln|gbp|€|\\$)\\)?)?',
    'sub ?-?total',
    'ext(?:ended)?\\.? (?:price|amount)',
    'gesamt(?:preis|betrag)?',
    'gp\\.?',
    'betrag',
    'summe',
    'montant(?: total)?',
    '(?:prix )?total',
    'bedrag',
    'totaal',
    'importo',
    'totale',
    'importe',
    'valor(?: total)?',
  ],
  other: [
    'data',
    'date',
    'datum',
    'fecha',
    'okres',
    'period',
    'zeitraum',
    '(?:warenwert|zu-/abschlag|basisbetrag)',
    'uwagi',
    'currency',
    'waluta',
  ],
};

const PATTERNS: readonly (readonly [ColumnKind, RegExp])[] = Object.entries(HEADINGS).flatMap(([kind, sources]) =>
  sources.map(
    // Object.entries forgets that the keys are kinds.
    (source) => [kind as ColumnKind, new RegExp(`(?<![a-z0-9])(?:${source})(?![a-z0-9])`, 'g')] as const,
  ),
);

/** Every heading of a folded text with its place, longest first where they overlap; in reading order. */
export function headingsIn(text: string): { kind: ColumnKind; start: number; end: number }[] {
  const hits = PATTERNS.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map((match) => {
      const whole = match[0].trimEnd();
      return { kind, start: match.index, end: match.index + whole.length };
    }),
  );
  hits.sort((a, b) => b.end - b.start - (a.end - a.start));
  const kept: typeof hits = [];
  for (const hit of hits) {
    if (!kept.some((other) => hit.start < other.end && other.start < hit.end)) kept.push(hit);
  }
  return kept.sort((a, b) => a.start - b.start);
}
