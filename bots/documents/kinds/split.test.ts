import { expect, it } from 'vitest';
import { pageOf, type Row } from '../fields/testing.ts';
import { createDocumentReader } from '../reader.ts';
import { renumbered, splitPages } from './split.ts';
import { makePdf, POLISH } from '../../../bench/documents/make-pages.ts';

const invoice = (number: string, nip: string, gross: string, more: readonly Row[] = []): Row[] => [
  [40, 40, `Faktura VAT nr ${number}`],
  [40, 55, 'Data wystawienia: 04.05.2026'],
  [40, 90, 'Sprzedawca'],
  [40, 105, 'Drukarnia Nowa sp. z o.o.'],
  [40, 120, `NIP: ${nip}`],
  [300, 90, 'Nabywca'],
  [300, 105, 'Hurtownia Stara S.A.'],
  [300, 120, 'NIP: 774-000-14-54'],
  [40, 300, `Do zapłaty: ${gross} PLN`],
  ...more,
];
const NIP = '526-000-12-46';
const groups = (...pages: Row[][]) =>
  splitPages(
    pages.map((rows, index) => pageOf(rows, 1, index + 1)),
    true,
  ).map((group) => group.pages.map((page) => page.number));

it('should part pages where another number stands, and keep what follows a page with it', () => {
  const annex: Row[] = [
    [40, 40, 'Ogólne warunki sprzedaży'],
    [40, 60, 'Towar pozostaje własnością sprzedawcy.'],
  ];
  expect(
    groups(
      invoice('FV/1/2026', NIP, '123,00'),
      annex,
      invoice('FV/2/2026', NIP, '246,00'),
      invoice('FV/3/2026', NIP, '9,00'),
    ),
  ).toEqual([[1, 2], [3], [4]]);
});

it('should keep the pages of one invoice together that repeat its number or count on', () => {
  const second = invoice('FV/1/2026', NIP, '123,00', [[40, 400, 'Strona 2 z 3']]).slice(0, 4);
  const third: Row[] = [
    [40, 40, 'Faktura'],
    [40, 55, 'do zamówienia 77/2026'],
    [40, 780, 'Strona 3 z 3'],
  ];
  expect(groups(invoice('FV/1/2026', NIP, '123,00', [[40, 780, 'Strona 1 z 3']]), second, third)).toEqual([[1, 2, 3]]);
});

it('should part pages that count from one again, also where their numbers are not read', () => {
  const page = (text: string): Row[] => [
    [40, 40, 'Faktura'],
    [40, 100, text],
    [40, 780, 'Strona 1 z 1'],
  ];
  expect(groups(page('Usługa A'), page('Usługa B'))).toEqual([[1], [2]]);
});

it('should keep a correction with the number that it corrects, and leave out the copy beside the original', () => {
  const original = invoice('FV/1/2026', NIP, '123,00', [
    [480, 40, 'ORYGINAŁ'],
    [40, 320, 'Przelew 14 dni'],
    [40, 335, 'Dziękujemy za zakupy'],
  ]);
  const copy = original.map(([x, y, text]): Row => [x, y, text === 'ORYGINAŁ' ? 'KOPIA' : text]);
  expect(groups(original, copy)).toEqual([[1]]);
  const names = invoice('KOR/9/2026', NIP, '-12,00', [[40, 70, 'Do faktury nr FV/1/2026']]);
  expect(groups(names, [[40, 40, 'Faktura nr FV/1/2026 została skorygowana.']])).toEqual([[1, 2]]);
});

it('should number the pages of a document from one', () => {
  expect(renumbered([pageOf([], 1, 4), pageOf([], 1, 5)]).map((page) => page.number)).toEqual([1, 2]);
});

it('should read each invoice of a PDF with its own pages', async () => {
  const second = POLISH.map(([x, y, text]) => [x, y, text.replace('FV/17/05/2026', 'FV/18/05/2026')] as const);
  const reader = createDocumentReader();
  try {
    const { others, ...first } = await reader.read(await makePdf([POLISH, second]));
    expect([first, ...others].map(({ invoice: one, pages }) => [one?.number, pages.length])).toEqual([
      ['FV/17/05/2026', 1],
      ['FV/18/05/2026', 1],
    ]);
    expect(others[0]?.pages[0]?.name).toBe('test-page-2.png');
    expect(others[0]?.invoice?.fields['number']?.source).toMatchObject({ page: 1 });
  } finally {
    await reader.close();
  }
});
