/** A change of the application: what its pages say, and how it takes what is sent. */
export type Mutation = {
  what: string;
  expect: 'healed' | 'parked';
  /** It is the login that has changed: the session has to end before. */
  login?: true;
  /** The page as it is now. */
  page?: (html: string, path: string) => string;
  /** New names of fields by their old ones, in both directions: pages say the new, the application knows the old. */
  rename?: Record<string, string>;
  /** Another answer than the application's to a request. */
  answer?: (request: { method: string; path: string; search: string; body: string }) => string | undefined;
};

const ENTRY = '/ZK010.asp';
const SEARCH = '/ZK020.asp';
const RECORD = '/ZK021.asp';
const FIELDS =
  'F_012 F_031 F_032 F_033 F_034 F_035 F_036 F_037 F_055 F_056 F_057 F_061 F_062 F_063 F_071 F_072 F_081 F_082';
const ROWS = [1, 2, 3, 4].flatMap((row) => ['F_051', 'F_052', 'F_053', 'F_054'].map((name) => `${name}_${row}`));

const on =
  (where: string, change: (html: string) => string) =>
  (html: string, path: string): string =>
    path === where ? change(html) : html;
const label = (old: string, now: string) => (html: string) => html.replaceAll(`<td>${old}</td>`, `<td>${now}</td>`);
const labels = (pairs: Record<string, string>) => (html: string) =>
  Object.entries(pairs).reduce((page, [old, now]) => label(old, now)(page), html);

/** Exchanges two pieces of a page. */
function exchange(html: string, a: RegExp | string, b: RegExp | string): string {
  const [one, two] = [pieceOf(html, a), pieceOf(html, b)];
  return html.replace(one, '\u0001').replace(two, one).replace('\u0001', two);
}

function pieceOf(html: string, piece: RegExp | string): string {
  const found = typeof piece === 'string' ? (html.includes(piece) ? piece : undefined) : piece.exec(html)?.[0];
  if (found === undefined) throw new Error(`the page has no ${String(piece)}: the mutation changes nothing`);
  return found;
}

const rowWith = (text: string): RegExp => new RegExp(`<tr>(?:(?!</tr>)[\\s\\S])*?<td>${text}</td>[\\s\\S]*?</tr>`);
/** Label and field as two cells. */
const pair = (text: string): RegExp => new RegExp(`<td>${text}</td>\\s*<td>[\\s\\S]*?</td>`);
const input = (name: string): RegExp => new RegExp(`<input[^>]*name="${name}"[^>]*>`);

/** Puts a piece of a page before another. */
function moveBefore(html: string, piece: RegExp, anchor: RegExp): string {
  const moved = pieceOf(html, piece);
  const without = html.replace(moved, '');
  const place = pieceOf(without, anchor);
  return without.replace(place, `${moved}${place}`);
}

const insertBefore = (anchor: RegExp, extra: string) => (html: string) => {
  const place = pieceOf(html, anchor);
  return html.replace(place, `${extra}${place}`);
};
const newRow = (text: string, field: string): string => `<tr><td>${text}</td><td colspan="3">${field}</td></tr>`;
const upperNames = Object.fromEntries(
  [...FIELDS.split(' '), ...ROWS].map((name) => [name, name.replace('F_', 'POLE')]),
);

const ENGLISH = {
  Kontrahent: 'Supplier',
  'Nr dok. obcy': 'Document no.',
  Waluta: 'Currency',
  'Data wyst.': 'Issued',
  'Data sprz.': 'Supplied',
  'Termin pł.': 'Due',
  'Konto Wn': 'Account',
  MPK: 'Cost centre',
  Opis: 'Text',
};

/** The application after thirty-five releases, each with one surprise. */
export const MUTATIONS: readonly Mutation[] = [
  { what: 'one name renamed', expect: 'healed', rename: { F_031: 'NR_DOK' } },
  { what: 'every name of the form renamed', expect: 'healed', rename: upperNames },
  { what: 'one label renamed', expect: 'healed', page: on(ENTRY, label('Data wyst.', 'Data wystawienia')) },
  { what: 'every label in another language', expect: 'healed', page: on(ENTRY, labels(ENGLISH)) },
  {
    what: 'name and label of one field renamed',
    expect: 'parked',
    rename: { F_032: 'D1' },
    page: on(ENTRY, label('Data wyst.', 'Z dnia')),
  },
  {
    what: 'a field moved to another row',
    expect: 'healed',
    page: on(ENTRY, (html) => moveBefore(html, pair('Nr dok. obcy'), pair('Termin pł.'))),
  },
  {
    what: 'rows in another order',
    expect: 'healed',
    page: on(ENTRY, (html) => exchange(html, rowWith('Nr dok. obcy'), rowWith('Konto Wn'))),
  },
  {
    what: 'two dates have changed places, labels with them',
    expect: 'healed',
    page: on(ENTRY, (html) => exchange(html, pair('Data wyst.'), pair('Termin pł.'))),
  },
  { what: 'two dates have exchanged their names', expect: 'parked', rename: { F_032: 'F_034', F_034: 'F_032' } },
  {
    what: 'two dates have exchanged their labels',
    expect: 'parked',
    page: on(ENTRY, (html) => exchange(html, '<td>Data wyst.</td>', '<td>Termin pł.</td>')),
  },
  {
    what: 'two dates have changed places, labels stay',
    expect: 'parked',
    page: on(ENTRY, (html) => exchange(html, input('F_032'), input('F_034'))),
  },
  {
    what: 'a new field that the server requires',
    expect: 'parked',
    page: on(ENTRY, insertBefore(rowWith('Nr dok. obcy'), newRow('Nr projektu', '<input name="P_01">'))),
    answer: ({ path, body }) =>
      path === ENTRY && /AKCJA=Ksi%EAguj/i.test(body) && !/P_01=[^&]/.test(body)
        ? '<font color="#CC0000">Brak numeru projektu</font>'
        : undefined,
  },
  {
    what: 'a new field that the page requires',
    expect: 'parked',
    page: on(ENTRY, insertBefore(rowWith('Nr dok. obcy'), newRow('Nr projektu', '<input name="P_01" required>'))),
  },
  {
    what: 'a field removed',
    expect: 'parked',
    page: on(ENTRY, (html) => html.replace(pieceOf(html, pair('Opis')), '')),
  },
  {
    what: 'another field with the same label',
    expect: 'healed',
    page: on(
      ENTRY,
      insertBefore(rowWith('Nr dok. obcy'), newRow('Nr dok. obcy', '<input name="F_131" maxlength="40">')),
    ),
  },
  {
    what: 'another field with the same label, and the old one renamed',
    expect: 'parked',
    rename: { F_031: 'NR_DOK' },
    page: on(
      ENTRY,
      insertBefore(rowWith('Nr dok. obcy'), newRow('Nr dok. obcy', '<input name="F_131" maxlength="40">')),
    ),
  },
  {
    what: 'the old field renamed and moved, a twin in its place',
    expect: 'parked',
    rename: { F_031: 'NR_DOK' },
    page: on(ENTRY, (html) => {
      const field = pieceOf(html, pair('Nr dok. obcy'));
      const twin = '<td>Nr dok. obcy</td><td><input type="text" name="F_131" size="24" maxlength="40" value="" /></td>';
      return html.replace(field, twin).replace('</table>', `<tr>${field}</tr></table>`);
    }),
  },
  {
    what: 'the old name on a new field',
    expect: 'parked',
    rename: { F_031: 'NR_DOK' },
    page: on(ENTRY, insertBefore(rowWith('Nr dok. obcy'), newRow('Nr wewn.', '<input name="F_031" maxlength="40">'))),
  },
  {
    what: 'a hidden twin of the same name',
    expect: 'healed',
    page: on(
      ENTRY,
      insertBefore(pair('Nr dok. obcy'), '<td style="display:none">Nr dok. obcy <input name="F_031"></td>'),
    ),
  },
  {
    what: 'an option with a longer text',
    expect: 'healed',
    page: on(ENTRY, (html) => html.replace('310 Produkcja', '310 Produkcja i montaż')),
  },
  {
    what: 'an option removed',
    expect: 'parked',
    page: on(ENTRY, (html) => html.replace(pieceOf(html, /<option value="310"[\s\S]*?<\/option>/), '')),
  },
  {
    what: 'a number before each option',
    expect: 'parked',
    page: on(ENTRY, (html) => html.replaceAll(/(<option value=")([^"]+)("[^>]*>)/g, '$1x$2$3x ')),
  },
  {
    what: 'the button moved to the top',
    expect: 'healed',
    page: on(ENTRY, (html) =>
      moveBefore(html, /<input\s[^>]*value="Księguj"[\s\S]*?\/>/, /<table border="1" cellpadding="2"/),
    ),
  },
  {
    what: 'the button renamed',
    expect: 'parked',
    page: on(ENTRY, (html) => html.replace('value="Księguj"', 'value="Zatwierdź"')),
  },
  {
    what: 'the form inside another frame',
    expect: 'healed',
    answer: ({ method, path, search }) =>
      method === 'GET' && path === ENTRY && search === ''
        ? `<iframe src="${ENTRY}?" width="900" height="700"></iframe>`
        : undefined,
  },
  {
    what: 'a select that has become a text field',
    expect: 'parked',
    page: on(ENTRY, (html) =>
      html.replace(pieceOf(html, /<select name="F_035"[\s\S]*?<\/select>/), '<input name="F_035" value="PLN">'),
    ),
  },
  {
    what: 'a field that keeps less',
    expect: 'parked',
    page: on(ENTRY, (html) => html.replace(/(name="F_031"[^>]*maxlength=")40/, '$14')),
  },
  { what: 'amount columns in another order', expect: 'healed', page: on(ENTRY, swapColumns) },
  {
    what: 'headings of net and gross exchanged',
    expect: 'parked',
    page: on(ENTRY, (html) => exchange(html, '<td>Netto</td>', '<td>Brutto</td>')),
  },
  {
    what: 'another script behind the look-up button',
    expect: 'healed',
    page: on(ENTRY, (html) =>
      html.replace(/onclick="window.open\('\/SL001.asp'/, `onclick="var s='/SL0'+'01.asp';window.open(s`),
    ),
  },
  { what: 'names of the search exchanged', expect: 'parked', rename: { S_01: 'S_02', S_02: 'S_01' } },
  { what: 'a column of the results renamed', expect: 'parked', page: on(SEARCH, label('Brutto', 'Kwota brutto')) },
  { what: 'columns of the results in another order', expect: 'healed', page: on(SEARCH, swapResults) },
  {
    what: 'the record page says it in other words',
    expect: 'parked',
    page: on(RECORD, label('Netto', 'Wartość netto')),
  },
  {
    what: 'the menu renamed',
    expect: 'parked',
    page: on('/M001.asp', (html) => html.replace('Rejestracja faktury', 'Nowa faktura')),
  },
  {
    what: 'the login page in another language',
    login: true,
    expect: 'parked',
    page: on('/LG001.asp', labels({ Operator: 'User', Hasło: 'Password' })),
  },
];

/** Net and rate of each row change places, headings with them. */
function swapColumns(html: string): string {
  return html
    .replace('<td>Netto</td>', '\u0001')
    .replace('<td>Stawka</td>', '<td>Netto</td>')
    .replace('\u0001', '<td>Stawka</td>')
    .replaceAll(
      /(<td><input[^>]*name="F_051_\d"[^>]*><\/td>)(\s*)(<td>\s*<select name="F_052_\d"[\s\S]*?<\/td>)/g,
      '$3$2$1',
    );
}

/** Number and date of the results change places, headings with them. */
function swapResults(html: string): string {
  return html.replaceAll(/(<td>[^<]*<\/td>)(\s*)(<td>(?:Data wyst\.|\d\d\.\d\d\.\d{4})<\/td>)/g, '$3$2$1');
}
