import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ApprovalHouse } from '../../support/approvals.ts';
import { openHouse } from '../../support/approvals.ts';
import { Browsing, DESKTOP, looked, PHONE } from '../../support/browsing.ts';
import { signIn } from '../../support/sign-in.ts';

const AUTHOR = 'adam@huta.example';
const SECOND = 'second@huta.example';
const INVOICES = fileURLToPath(new URL('../../../definitions/finance/supplier-invoices', import.meta.url));

let house: ApprovalHouse;
let web: Browsing;
let folder: string;
beforeAll(async () => {
  house = await openHouse();
  web = await Browsing.start(house.app);
  const dir = await mkdtemp(join(tmpdir(), 'zaplecze-author-'));
  folder = join(dir, 'supplier-invoices');
  await cp(INVOICES, folder, { recursive: true });
  const user = { email: AUTHOR, name: 'Adam Autor', language: 'pl' as const, roles: ['author' as const] };
  await house.store.users.save(user, new Date());
  await house.store.users.save({ ...user, email: SECOND, name: 'Druga Autorka' }, new Date());
});
afterAll(async () => {
  await web?.stop();
  await house?.stop();
  await rm(join(folder, '..'), { recursive: true });
});
afterEach(async () => {
  await web.closePages();
  expect(web.complaints.splice(0), 'nothing in the console').toEqual([]);
});

describe.each([
  ['phone', PHONE, '7.0.1'],
  ['desktop', DESKTOP, '7.1.1'],
])('an author on a %s', (device, viewport, version) => {
  it('should check, deploy, and see every version, and nobody without the role', async () => {
    const tab = await signIn(house, web, AUTHOR, viewport);
    await tab.goto('/definitions');
    await looked(tab, `definitions-empty-${device}`);
    const source = (await readFile(join(INVOICES, 'automation.yaml'), 'utf8')).replace(
      /version: .*/,
      `version: ${version}`,
    );
    await writeFile(join(folder, 'automation.yaml'), source.replace('document.read', 'document.reed'));
    await tab.getByLabel('Katalog definicji').setInputFiles(folder);
    await tab.getByRole('button', { name: 'Tylko sprawdź' }).click();
    await tab.getByText('automation.yaml nie można wdrożyć').waitFor();
    await tab.getByText('document.reed').first().waitFor();
    await tab.getByText('Nieznana funkcja').waitFor();
    await looked(tab, `definitions-findings-${device}`);
    web.complaints.splice(0); // The browser notes the status 422 itself.
    await writeFile(join(folder, 'automation.yaml'), source);
    await tab.getByLabel('Katalog definicji').setInputFiles(folder);
    await tab.getByRole('button', { name: 'Wdróż' }).click();
    await tab.getByText(`finance/supplier-invoices ${version} czeka na potwierdzenie`).waitFor();
    // It books: one author is not enough.
    const other = await signIn(house, web, SECOND, viewport);
    await other.goto('/definitions');
    await looked(other, `definitions-proposed-${device}`);
    await other.getByRole('button', { name: 'Potwierdź i wdróż' }).click();
    await other.getByRole('link', { name: 'finance/supplier-invoices' }).click();
    await other.getByText(`Treść wersji ${version}`).waitFor();
    await looked(other, `definition-${device}`);
    const deployed = await house.store.definitions.find('finance', 'supplier-invoices', version);
    expect(Object.keys(deployed?.files ?? {})).toEqual(
      expect.arrayContaining(['mails/booked.pl.yaml', 'forms/post-invoice.yaml']),
    );
    const trail = await house.store.audit.page({ limit: 50 });
    expect(trail).toContainEqual(expect.objectContaining({ actor: AUTHOR, action: 'definition.proposed' }));
    expect(trail).toContainEqual(expect.objectContaining({ actor: SECOND, action: 'definition.deployed' }));
    const anna = await signIn(house, web, 'anna@huta.example', viewport);
    await anna.goto('/definitions');
    await anna.getByText('Nie masz dostępu do tej strony').waitFor();
    web.complaints.splice(0);
  });
});
