import { afterAll, describe, expect, it } from 'vitest';
import { drawnPdf, textAt } from '../../../bench/documents/make-pdf.ts';
import { POLISH } from '../../../bench/documents/make-pages.ts';
import { createDocumentReader } from '../reader.ts';

const reader = createDocumentReader({ workers: 1 });
afterAll(() => reader.close());

const SHOWN = 'PL61109010140000071219812874';
const HIDDEN = 'Konto: PL27 1140 2004 0000 3002 0135 5387';
/** Above everything else, where a reader of text looks first. */
const FRAUD = textAt(50, 30, HIDDEN);
const PAGE = POLISH.map(([x, y, text]) => textAt(x, y, text)).join('\n');
const BOX = '1 g 40 795 400 25 re f 0 g';
const OFF = '/OCProperties << /OCGs [7 0 R] /D << /OFF [7 0 R] >> >>';

type Way = readonly [way: string, content: string, extra?: { catalog?: string; page?: string }];

const WAYS: readonly Way[] = [
  ['white on white', `1 g ${FRAUD} 0 g ${PAGE}`],
  ['nearly white', `0.98 g ${FRAUD} 0 g ${PAGE}`],
  ['in the colour of its ground', `0.2 0.3 0.8 rg 40 795 400 25 re f ${FRAUD} 0 g ${PAGE}`],
  ['render mode 3', `3 Tr ${FRAUD} 0 Tr ${PAGE}`],
  ['in a clipping mode', `q 7 Tr ${FRAUD} Q 0 Tr ${PAGE}`],
  ['print of half a point', `${textAt(50, 30, HIDDEN, 0.5)} ${PAGE}`],
  ['print made small by its matrix', `q 0.05 0 0 0.05 50 810 cm ${textAt(0, 842, HIDDEN)} Q ${PAGE}`],
  ['covered by a box drawn later', `${FRAUD} ${BOX} ${PAGE}`],
  ['covered by a picture drawn later', `${FRAUD} q 400 0 0 25 40 795 cm /Im Do Q ${PAGE}`],
  ['clipped away', `q 0 0 1 1 re W n ${FRAUD} Q ${PAGE}`],
  ['without opacity', `q /Clear gs ${FRAUD} Q ${PAGE}`],
  ['in a layer that is off', `/OC /Layer BDC ${FRAUD} EMC ${PAGE}`, { catalog: OFF }],
  ['under an annotation', `${FRAUD} ${PAGE}`, { page: '/Annots [9 0 R]' }],
];

describe('text that nobody can see', () => {
  it.each(WAYS.map(([way, content, extra = {}]) => ({ way, content, extra })))(
    'should be no value and be reported: $way',
    async ({ content, extra }) => {
      const { invoice, findings, uncertain } = await reader.read(drawnPdf(content, extra));
      expect(invoice?.payment.iban).toBe(SHOWN);
      expect(findings).toContainEqual(expect.objectContaining({ rule: 'text.hidden', blocking: true }));
      expect(uncertain).toBe(true);
    },
  );

  it('should be no value where it lies off the page', async () => {
    const { invoice } = await reader.read(
      drawnPdf(`${textAt(50, 30, HIDDEN)} ${PAGE}`, { page: '/CropBox [0 0 595 800]' }),
    );
    expect(invoice?.payment.iban).toBe(SHOWN);
  });

  it('should be told from a text that was printed over it', async () => {
    const [x, y] = [50, 295];
    const under = `${textAt(x, y, HIDDEN)} 1 g 40 540 400 14 re f 0 g`;
    const { invoice, findings } = await reader.read(drawnPdf(`${under} ${PAGE}`));
    expect(invoice?.payment.iban).toBe(SHOWN);
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'text.hidden', blocking: true }));
  });

  it('should not trouble anybody where the page shows its values too, or where there is none', async () => {
    const index = await reader.read(drawnPdf(`1 g ${textAt(50, 30, 'INDEX FV/17/05/2026 1 230,00')} 0 g ${PAGE}`));
    expect(index.findings).toEqual([expect.objectContaining({ rule: 'text.hidden', blocking: false })]);
    expect((await reader.read(drawnPdf(PAGE))).findings).toEqual([]);
  });

  it('should change no total', async () => {
    const rows = ['Razem netto 7 417,07', 'VAT 23% 1 705,93', 'Razem do zaplaty 9 123,00 PLN'];
    const hidden = rows.map((row, index) => textAt(50, 20 + index * 12, row)).join(' ');
    const { invoice, findings } = await reader.read(drawnPdf(`3 Tr ${hidden} 0 Tr ${PAGE}`));
    expect(invoice?.totals).toMatchObject({ net: '1000.00', vat: '230.00', gross: '1230.00' });
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'text.hidden', blocking: true }));
  });
});
