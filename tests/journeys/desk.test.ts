import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Artefact } from '../../core/model/artefact.ts';
import { ProblemError, STANDARD_ERROR_BASE } from '../../core/model/problem.ts';
import type { Role } from '../../core/model/access.ts';
import { firstAdminPath } from '../../server/desk/sign-in/first-admin.ts';
import type { ApprovalHouse } from '../support/approvals.ts';
import { invoice } from '../support/approvals.ts';
import type { Browsing } from '../support/browsing.ts';
import { DESKTOP, looked, PHONE } from '../support/browsing.ts';
import { eventually, failure, toDefinition } from '../support/temporal.ts';
import { openVisited, visit } from '../support/visited.ts';

const BOTH = [
  ['phone', PHONE],
  ['desktop', DESKTOP],
] as const;
const ADMIN = 'ewa@huta.example';
const OPERATOR = 'olga@huta.example';
const ANNA = 'anna@huta.example';
const REGISTER = {
  do: [
    { note: { call: 'sheet.append', with: { file: '${ .file }', key: 'k', row: { Net: '${ .net }', paid: false } } } },
    { thank: { set: { row: '${ .row }' } } },
  ],
};

let house: ApprovalHouse;
let web: Browsing;
let screen: Artefact;
const written: unknown[] = [];

visit(
  () => openVisited({ 'sheet.append': append }),
  (visited) => ({ house, browsing: web } = visited),
);
beforeAll(async () => {
  screen = await house.store.artefacts.put({ name: 'screen.png', mediaType: 'image/png', bytes: PIXEL });
  await house.store.definitions.deploy({
    ...{ namespace: 'test', name: 'test', version: '1.0.0', hash: 'sha256:test', source: '', files: {} },
    definition: toDefinition(REGISTER),
  });
});

/** The bot behind `sheet.append`: a file that someone has open cannot be written. */
function append(args: { file: string; row: { Net: string } }) {
  if (args.file === 'locked.xlsx') {
    const problem = {
      type: `${STANDARD_ERROR_BASE}communication`,
      status: 500,
      detail: 'locked.xlsx is open elsewhere',
      evidence: [screen],
    };
    throw failure(new ProblemError(problem, { retryable: false }));
  }
  written.push(args);
  return { file: args.file, sheet: 'Sheet1', row: 2 };
}

it('should make the first administrator by the printed link, once, and never by a default', async () => {
  const path = (await firstAdminPath(house.store.users, house.tokens, new Date())) ?? '';
  const tab = await web.page(PHONE);
  await tab.goto(path);
  await looked(tab, 'first-admin-phone');
  await tab.getByLabel('Your name').fill('Ewa Zarządca');
  await tab.getByLabel('E-mail address').fill(ADMIN);
  await tab.getByLabel('Language').selectOption('pl');
  await tab.getByRole('button').click();
  await tab.getByRole('heading', { name: 'Osoby', exact: true }).waitFor();
  expect(await firstAdminPath(house.store.users, house.tokens, new Date())).toBeUndefined();
  expect((await fetch(web.base + path)).status).toBe(410);
  await tab.getByLabel('Imię i nazwisko').last().fill('Olga Operator');
  await tab.getByLabel('Adres e-mail').fill(OPERATOR);
  await tab.getByRole('group', { name: 'Role' }).last().getByLabel('operator').check();
  await tab.getByRole('button', { name: 'Dodaj osobę' }).click();
  await tab.getByText(OPERATOR).waitFor();
  await looked(tab, 'people-phone');
  await tab.getByRole('button', { name: 'Wyloguj się' }).click();
  await tab.getByText('You have signed out.').waitFor();
});

describe.each(BOTH)('signing in on a %s', (device, viewport) => {
  it('should take a code that a person types, and never a scanner', async () => {
    house.deskMails.splice(0);
    const tab = await web.page(viewport, { locale: 'pl-PL' });
    await tab.goto('/tasks');
    await looked(tab, `sign-in-${device}`);
    await tab.getByLabel('Adres e-mail').fill('Anna@Huta.example');
    await tab.getByRole('button', { name: 'Wyślij kod' }).click();
    await tab.getByLabel('Kod z wiadomości').waitFor();
    await looked(tab, `code-${device}`);
    const { link, code } = await codeMail(ANNA);
    for (let i = 0; i < 10; i += 1) {
      const scanned = await fetch(web.base + link, { redirect: 'manual' });
      expect([scanned.status, scanned.headers.get('set-cookie')]).toEqual([200, null]);
    }
    const wrong = code === '111111' ? '222222' : '111111';
    await tab.getByLabel('Kod z wiadomości').fill(wrong);
    await tab.getByRole('button', { name: 'Zaloguj się' }).click();
    await tab.getByRole('alert').waitFor();
    web.complaints.splice(0); // The browser notes the status 422 itself.
    await tab.getByLabel('Kod z wiadomości').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await tab.keyboard.press('Enter');
    await tab.getByRole('heading', { name: 'Moje zadania' }).waitFor();
    const again = await web.page(viewport, { locale: 'pl-PL' });
    await again.goto(link);
    await again.getByLabel('Kod z wiadomości').fill(code);
    await again.keyboard.press('Enter');
    await again.getByRole('alert').waitFor();
    web.complaints.splice(0);
    const [cookie] = await tab.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  });
});

describe('whoever may not', () => {
  it('should be sent to sign in, told that a page is not theirs, or refused without the token of their form', async () => {
    const tab = await signedIn(ANNA, PHONE);
    await tab.goto('/parked');
    await tab.getByText('Nie masz dostępu do tej strony').waitFor();
    web.complaints.splice(0);
    const cookie = (await tab.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const post = (body: string, headers: object = {}) =>
      fetch(`${web.base}/substitutes`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie, ...headers },
        body,
      });
    const form = 'substitute=ben%40huta.example&from=2030-01-01&to=2030-01-02';
    expect((await post(form)).status).toBe(403);
    expect((await post(`${form}&csrf=s1.x.y.z`)).status).toBe(403);
    expect((await post(form, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post(form, { cookie: cookie.slice(0, -1) })).headers.get('location')).toBe('/sign-in');
    expect(await house.store.substitutes.of(ANNA, '2030-01-01')).toEqual([]);
  });
});

describe.each(BOTH)('my tasks on a %s', (device, viewport) => {
  it('should list what waits, lead to it, and keep substitutes', async () => {
    await house.engine.begin({
      do: [{ approve: { call: 'approval.request', with: { about: invoice, approvers: [ANNA] } } }],
    });
    await eventually(async () => (await house.store.tasks.waitingFor(ANNA))[0]);
    const tab = await signedIn(ANNA, viewport);
    await tab.getByText('Stalpol').first().waitFor();
    await tab.getByLabel('Kto zastępuje').selectOption('ben@huta.example');
    await tab.getByLabel('Pierwszy dzień').fill('2030-12-20');
    await tab.getByLabel('Ostatni dzień').fill('2030-12-31');
    await tab.getByRole('button', { name: 'Dodaj' }).click();
    await tab.getByRole('button', { name: 'Usuń: Ben Carter' }).waitFor();
    await looked(tab, `tasks-${device}`);
    expect(await house.store.substitutes.on(ANNA, '2030-12-24')).toEqual(['ben@huta.example']);
    await tab.getByRole('button', { name: 'Usuń: Ben Carter' }).click();
    await tab.getByText('Nikt Cię nie zastępuje').waitFor();
    await tab.getByRole('link', { name: 'Stalpol' }).first().click();
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    await tab.getByText('Faktura zaakceptowana przez Ciebie').waitFor();
    await tab.goto('/tasks');
    await tab.getByText('Nic na Ciebie nie czeka.').waitFor();
    await tab.getByText('zaakceptowano').first().waitFor();
  });
});

describe.each(BOTH)('a parked run on a %s', (device, viewport) => {
  it('should be tried again with changed data, checked before', async () => {
    const run = await park();
    const tab = await signedIn(OPERATOR, viewport);
    await tab.goto('/parked');
    await tab.getByText('Drugi system jest niedostępny').first().waitFor();
    await looked(tab, `parked-${device}`);
    await tab.getByRole('link', { name: 'note' }).first().click();
    await tab.getByRole('img').waitFor();
    await tab.getByText('Spróbuj ponownie ze zmienionymi danymi').first().click();
    await looked(tab, `incident-${device}`);
    await tab.getByLabel('key').fill('');
    await tab.getByRole('button', { name: 'Spróbuj ponownie ze zmienionymi danymi' }).first().click();
    await tab.getByText('Krok nie może przyjąć tych danych').waitFor();
    web.complaints.splice(0);
    await tab.getByLabel('key').fill('k2');
    await tab.getByLabel('file').fill('register.xlsx');
    await tab.getByLabel('row.Net').fill('12,50');
    await tab.getByRole('button', { name: 'Spróbuj ponownie ze zmienionymi danymi' }).first().click();
    await tab.getByText('Krok jest wykonywany ponownie.').waitFor();
    expect(await run.result()).toEqual({ row: 2 });
    expect(written.at(-1)).toEqual({ file: 'register.xlsx', key: 'k2', row: { Net: '12,50', paid: false } });
    const trail = await house.store.audit.list(run.workflowId);
    expect(trail.map(({ actor, action }) => [actor, action])).toContainEqual([OPERATOR, 'run.retry']);
    expect(trail.find(({ action }) => action === 'run.retry')?.details).toMatchObject({
      task: '/do/0/note',
      definition: { name: 'test', version: '1.0.0' },
      before: { file: 'locked.xlsx' },
      with: { file: 'register.xlsx' },
    });
  });
});

it('should act on many at once, assign them, and tell of one that was decided meanwhile', async () => {
  const runs = [await park(), await park(), await park()];
  const tab = await signedIn(OPERATOR, DESKTOP);
  await tab.goto('/parked');
  const boxes = tab.getByRole('checkbox', { name: /^Wybierz krok/ });
  expect(await boxes.count()).toBe(3);
  await tab.getByLabel('Wybierz wszystkie').check();
  await tab.getByLabel('Kto się tym zajmie?').selectOption(OPERATOR);
  await tab.getByRole('button', { name: 'Przydziel' }).click();
  await tab.getByText('Przydzielono.').waitFor();
  await tab.getByText('Zajmuje się tym: Olga Operator').first().waitFor();
  await tab.getByLabel('Wybierz wszystkie').check();
  await runs[0]?.terminate();
  await tab.getByRole('button', { name: 'Pomiń krok' }).click();
  await tab.getByText('Wykonano dla 2 z 3').waitFor();
  await looked(tab, 'parked-many-desktop');
  for (const run of runs.slice(1)) await run.result();
});

it('should show the trail to an auditor, verify it, and give it out', async () => {
  const tab = await signedIn(ADMIN, DESKTOP);
  await tab.goto('/audit');
  await tab.getByRole('cell', { name: 'run.retry' }).first().waitFor();
  await looked(tab, 'audit-desktop');
  await tab.getByRole('button', { name: 'Sprawdź cały dziennik' }).click();
  await tab.getByText('Dziennik jest nienaruszony').waitFor();
  // No connect-src: whatever got into a page could not call home.
  const lines = await tab.evaluate('fetch("/audit/export.jsonl").then((r) => r.text())').catch(() => undefined);
  expect(lines, 'the policy lets no script of a page reach out').toBeUndefined();
  web.complaints.splice(0);
  const file = await tab.context().request.get('/audit/export.jsonl');
  const entries = (await file.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { action: string });
  expect(entries.at(-1)?.action).toBe('audit.exported');
  const phone = await signedIn(ADMIN, PHONE);
  await phone.goto('/audit');
  await looked(phone, 'audit-phone');
});

/** A run that waits for an operator. */
async function park() {
  const run = await house.engine.begin(REGISTER, { file: 'locked.xlsx', net: '10,00' }, { onFault: 'park' });
  await eventually(async () => {
    const progress = (await run.query('progress')) as { incidents: unknown[] };
    return progress.incidents.length > 0 || undefined;
  });
  return run;
}

/** The link and the code of the newest mail to that person. */
async function codeMail(address: string): Promise<{ link: string; code: string }> {
  const mail = await eventually(() => Promise.resolve(house.deskMails.findLast(({ to }) => to === address)));
  const code = /^\d{6}$/m.exec(mail.text)?.[0] ?? '';
  return { code, link: new URL(/http\S+/.exec(mail.text)?.[0] ?? '').pathname };
}

/** A tab of someone who has signed in by a code, in Polish. */
async function signedIn(address: string, viewport: { width: number; height: number }): Promise<Page> {
  const roles: Role[] | undefined = address === ANNA ? undefined : address === ADMIN ? ['admin'] : ['operator'];
  const now = new Date();
  if (roles)
    await house.store.users.save(
      { email: address, name: address === ADMIN ? 'Ewa Zarządca' : 'Olga Operator', language: 'pl', roles },
      now,
    );
  await house.store.db.deleteFrom('sign_ins').execute();
  house.deskMails.splice(0);
  const tab = await web.page(viewport, { locale: 'pl-PL' });
  await tab.goto('/sign-in');
  await tab.getByLabel('Adres e-mail').fill(address);
  await tab.keyboard.press('Enter');
  await tab.getByLabel('Kod z wiadomości').waitFor();
  await tab.getByLabel('Kod z wiadomości').fill((await codeMail(address)).code);
  await tab.keyboard.press('Enter');
  await tab.getByRole('heading', { name: 'Moje zadania' }).waitFor();
  return tab;
}

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
