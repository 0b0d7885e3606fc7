import { afterEach, describe, expect, it } from 'vitest';
import { formBody, parseForm } from './charset.ts';
import { readPostings } from './register.ts';
import { createClient, DOCUMENT, fieldValue, openOffice, postDocument } from '../../tests/support/intranet.ts';
import type { Intranet, IntranetOptions } from './start.ts';

const open: Intranet[] = [];
async function office(options: Partial<IntranetOptions> = {}) {
  const started = await openOffice(options);
  open.push(started.intranet);
  return started;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((intranet) => intranet.close()));
});

describe('entry', () => {
  it('should compute VAT and totals only on Przelicz', async () => {
    const { client } = await office();
    const { html } = await client.post('ZK010.asp', {
      ...DOCUMENT,
      F_051_2: '500,55',
      F_052_2: '8',
      AKCJA: 'Przelicz',
    });
    expect(['F_053_1', 'F_054_2', 'F_061', 'F_062', 'F_063'].map((name) => fieldValue(html, name))).toEqual([
      '230,00',
      '540,59',
      '1500,55',
      '270,04',
      '1770,59',
    ]);
  });

  it('should refuse to post what was not recalculated, or was changed since', async () => {
    const { client, intranet } = await office();
    const first = await client.post('ZK010.asp', { ...DOCUMENT, AKCJA: 'Księguj' });
    const { html } = await client.post('ZK010.asp', { ...DOCUMENT, AKCJA: 'Przelicz' });
    const changed = { ...DOCUMENT, F_051_1: '1000,01', H_099: fieldValue(html, 'H_099') ?? '' };
    const second = await client.post('ZK010.asp', { ...changed, AKCJA: 'Księguj' });
    for (const answer of [first, second]) expect(answer.html).toContain('Dokument nie został przeliczony');
    expect(await intranet.postings()).toEqual([]);
  });

  it('should answer a posting by an empty form without a word', async () => {
    const { client, intranet } = await office();
    const { status, html } = await postDocument(client);
    expect([status, fieldValue(html, 'F_031'), fieldValue(html, 'H_011')]).toEqual([200, '', '']);
    expect(html).not.toContain('#CC0000');
    expect(await intranet.postings()).toMatchObject([
      {
        record: expect.stringMatching(/^ZK\/2026\/11\/00001$/),
        number: 'FV/1/11/2026',
        issueDate: '2026-11-20',
        gross: '1230.00',
      },
    ]);
  });

  it('should accept the same document twice', async () => {
    const { client, intranet } = await office();
    await postDocument(client);
    await postDocument(client);
    expect((await intranet.postings()).map((one) => one.record)).toEqual(['ZK/2026/11/00001', 'ZK/2026/11/00002']);
  });

  it('should propose a rate and ask for Przelicz anew when the currency changes', async () => {
    const { client } = await office();
    const { html } = await client.post('ZK010.asp', { ...DOCUMENT, F_035: 'EUR', H_099: 'x', H_ZD: 'WALUTA' });
    expect([fieldValue(html, 'F_036'), fieldValue(html, 'H_099')]).toEqual(['4,2615', '']);
  });

  it.each([
    [{ F_051_1: '1000.00' }, 'Nieprawidłowa kwota netto w wierszu 1'],
    [{ F_032: '2026-11-20' }, 'Nieprawidłowa data: data wystawienia'],
    [{ F_034: '31.11.2026' }, 'Nieprawidłowa data: termin płatności'],
    [{ H_011: 'K99999' }, 'Nie wybrano kontrahenta'],
    [{ F_055: '' }, 'Nie wybrano konta'],
    [{ F_057: '1,01' }, 'Nieprawidłowa korekta VAT'],
  ])('should refuse %j', async (change, message) => {
    const { client, intranet } = await office();
    const recalculated = await client.post('ZK010.asp', { ...DOCUMENT, ...change, AKCJA: 'Przelicz' });
    const answer = await postDocument(client, { ...DOCUMENT, ...change });
    expect(answer.html + recalculated.html).toContain(message);
    expect(await intranet.postings()).toEqual([]);
  });

  it('should move the VAT by a rounding correction', async () => {
    const { client, intranet } = await office();
    await postDocument(client, { ...DOCUMENT, F_057: '-0,01' });
    expect(await intranet.postings()).toMatchObject([{ net: '1000.00', vat: '229.99', gross: '1229.99' }]);
  });
});

describe('charset', () => {
  it('should carry Polish and German letters, and turn what ISO-8859-2 lacks into references', () => {
    expect(parseForm(formBody({ a: 'Zażółć gęślą jaźń & Größe', b: '5 € – …' }))).toEqual(
      new Map([
        ['a', 'Zażółć gęślą jaźń & Größe'],
        ['b', '5 &#8364; &#8211; &#8230;'],
      ]),
    );
  });
});

describe('look-ups and search', () => {
  it('should find a supplier by VAT id and write back with escaped quotes', async () => {
    const { client } = await office();
    const { html } = await client.post('SL001.asp', { Q_01: 'PL 782-304-11-66', AKCJA: 'Szukaj' });
    expect(html).toContain('K00001');
    expect(html).toContain('opener.document.forms[0].elements[&#39;H_011&#39;].value=&#39;K00001&#39;');
  });

  it('should find a posting by supplier and number, and show its record', async () => {
    const { client } = await office();
    await postDocument(client, { ...DOCUMENT, F_081: '<b>opis</b>' });
    const hit = await client.post('ZK020.asp', { S_01: '7823041166', S_02: 'FV/1/11/2026', AKCJA: 'Szukaj' });
    const miss = await client.post('ZK020.asp', { S_01: '7823041166', S_02: 'FV/2', AKCJA: 'Szukaj' });
    const detail = await client.get('ZK021.asp?ID=ZK/2026/11/00001');
    expect(hit.html).toContain('/ZK021.asp?ID=ZK/2026/11/00001');
    expect(miss.html).toContain('Nie znaleziono dokumentów.');
    expect(detail.html).toContain('1\u00a0230,00');
    expect(detail.html).toContain('&lt;b&gt;opis&lt;/b&gt;');
  });

  it('should add a supplier without a word and list it in the popup', async () => {
    const { client } = await office();
    const saved = await client.post('KT010.asp', { K_01: 'Nowy Dostawca', K_02: 'DE284173906', AKCJA: 'Zapisz' });
    expect(fieldValue(saved.html, 'K_01')).toBe('');
    expect((await client.post('SL001.asp', { Q_01: 'DE284173906' })).html).toContain('K00002');
  });
});

describe('sessions', () => {
  it('should show the login inside the frame without a session, and say so after one expired', async () => {
    const { client, intranet } = await office();
    expect((await createClient(intranet.url).get('ZK010.asp')).location).toBe('/LG001.asp');
    intranet.expireSessions();
    expect((await client.post('ZK010.asp', { ...DOCUMENT, AKCJA: 'Przelicz' })).location).toBe('/LG001.asp?W=1');
  });

  it('should end after the idle minutes, counted from the last request', async () => {
    let time = Date.parse('2026-11-24T08:00:00Z');
    const { client } = await office({ sessionMinutes: 5, now: () => new Date(time) });
    time += 4 * 60_000;
    expect((await client.get('G001.asp')).status).toBe(200);
    time += 4 * 60_000;
    expect((await client.get('G001.asp')).status).toBe(200);
    time += 6 * 60_000;
    expect((await client.get('G001.asp')).status).toBe(302);
  });
});

describe('state and faults', () => {
  it('should keep postings over a restart', async () => {
    const first = await office();
    await postDocument(first.client);
    const second = await office({ dir: first.dir });
    expect(await second.intranet.postings()).toHaveLength(1);
  });

  it('should have written a posting whose answer was lost, and not one that was refused', async () => {
    const { client, intranet, dir } = await office();
    intranet.setFaults({ lostAnswers: 1 });
    expect((await postDocument(client)).status).toBe(500);
    expect(await readPostings(dir)).toHaveLength(1);
    intranet.setFaults({ refusedPostings: 1 });
    expect((await postDocument(client)).status).toBe(500);
    expect(await readPostings(dir)).toHaveLength(1);
  });

  it('should fail every n-th request', async () => {
    const { client, intranet } = await office();
    intranet.setFaults({ errorEvery: 2 });
    const statuses = [];
    for (let request = 0; request < 4; request++) statuses.push((await client.get('G001.asp')).status);
    expect(statuses).toEqual([200, 500, 200, 500]);
  });
});
