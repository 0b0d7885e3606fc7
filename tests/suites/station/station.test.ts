import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { type ApprovalHouse, LOCAL_TOKEN } from '../../support/approvals.ts';
import type { Browsing } from '../../support/browsing.ts';
import { DESKTOP, inFocus, shoot } from '../../support/browsing.ts';
import { badlyRead, FINDING, pageOf } from '../../support/station.ts';
import { eventually } from '../../support/temporal.ts';
import { openVisited, visit } from '../../support/visited.ts';

const DOCUMENTS = process.env['ZAPLECZE_FULL'] === undefined ? 4 : 20;
const ANNA = 'anna@huta.example';
/** The keystroke-level model of Card, Moran and Newell: an average typist's key, and the pause before an act is decided. */
const KEY_MS = 280;
const THINK_MS = 1350;
/** What the station is to be worth. */
const SECONDS_A_DOCUMENT = 20;

let house: ApprovalHouse;
let web: Browsing;
visit(openVisited, (visited) => ({ house, browsing: web } = visited));

it(`should let a person with a keyboard alone check ${DOCUMENTS} documents in a row`, async () => {
  const runs = await Promise.all(Array.from({ length: DOCUMENTS }, (_, i) => begin(`FV/2026/11/${100 + i}`)));
  await eventually(async () => (await house.store.tasks.waitingFor(ANNA)).length === DOCUMENTS || undefined, 60_000);
  const tab = await signIn();
  const seconds: number[] = [];
  let keys = 0;
  const press = async (key: string): Promise<void> => {
    keys += 1;
    await tab.waitForTimeout(KEY_MS);
    await tab.keyboard.press(key);
  };
  const think = () => tab.waitForTimeout(THINK_MS);
  await tab.goto('/next');
  for (let i = 0; i < DOCUMENTS; i += 1) {
    const started = Date.now();
    await tab.locator('#station').waitFor();
    // The page has put the first unsure field in focus. A look at it, and its date is typed.
    await inFocus(tab, '[id="f-dueDate"]');
    await think();
    for (const digit of '2026-12-04') await press(digit);
    // On to the next unsure field: its box shows on the page, and Alt+1 takes the first suggestion.
    await press('Alt+ArrowDown');
    await inFocus(tab, '[id="f-totals.gross"]');
    expect(await tab.locator('rect.shown').getAttribute('data-box')).toBe('totals.gross');
    await think();
    await press('Alt+1');
    await think();
    if (i === 0) await shoot(tab, 'station-filled-desktop');
    await press('Enter');
    // The focus is on "next document".
    await inFocus(tab, '.next a');
    seconds.push((Date.now() - started) / 1000);
    await press('Enter');
  }
  for (const run of runs) {
    expect(await run.result()).toMatchObject({
      outcome: 'corrected',
      by: ANNA,
      invoice: { dueDate: '2026-12-04', totals: { gross: '12300.00' } },
    });
  }
  const mean = seconds.reduce((sum, value) => sum + value, 0) / seconds.length;
  console.log(
    `station: ${DOCUMENTS} documents by keyboard, ${mean.toFixed(1)} s a document (slowest ${Math.max(...seconds).toFixed(1)} s), ${(keys / DOCUMENTS).toFixed(0)} keys a document, each ${KEY_MS} ms, three pauses of ${THINK_MS} ms`,
  );
  expect(mean).toBeLessThan(SECONDS_A_DOCUMENT);
  const kept = await house.store.corrections.ofSupplier('5260001246', 100);
  expect(kept).toHaveLength(2 * DOCUMENTS);
  const report = await house.app.request('/api/readings/accuracy', {
    headers: { authorization: `Bearer ${LOCAL_TOKEN}` },
  });
  expect(await report.json()).toContainEqual({
    ...{ field: 'totals.gross', corrected: DOCUMENTS, of: DOCUMENTS },
    confidence: expect.closeTo(0.42),
  });
});

async function begin(number: string) {
  const page = await house.store.artefacts.put({
    name: `${number}.png`,
    mediaType: 'image/png',
    bytes: await pageOf(number),
  });
  return house.engine.begin({
    do: [
      {
        check: {
          call: 'document.validate',
          with: { invoice: badlyRead(number), pages: [page], findings: [FINDING], assign: [ANNA] },
        },
      },
    ],
  });
}

async function signIn(): Promise<Page> {
  const tab = await web.page(DESKTOP, { locale: 'pl-PL' });
  await tab.goto('/sign-in');
  await inFocus(tab, '#email');
  await tab.keyboard.type(ANNA);
  await tab.keyboard.press('Enter');
  const mail = await eventually(() => Promise.resolve(house.deskMails[0]));
  await inFocus(tab, '#code');
  await tab.keyboard.type(/^\d{6}$/m.exec(mail.text)?.[0] ?? '');
  await tab.keyboard.press('Enter');
  await tab.getByRole('heading', { name: 'Moje zadania' }).waitFor();
  return tab;
}
