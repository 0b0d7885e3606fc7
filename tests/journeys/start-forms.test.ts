import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { loadDefinition } from '../../core/language/load.ts';
import { checkDefinition } from '../../core/language/check/index.ts';
import type { ApprovalHouse } from '../support/approvals.ts';
import { decide, linkIn, pageTokenOf, post, settings } from '../support/approvals.ts';
import type { Browsing } from '../support/browsing.ts';
import { DESKTOP, looked, PHONE } from '../support/browsing.ts';
import { signIn } from '../support/sign-in.ts';
import { openVisited, visit } from '../support/visited.ts';

const CELINA = 'celina@huta.example';
const JAN = 'jan@huta.example';
/** The example of docs/requests.md. */
const FILES = ['automation.yaml', 'fields/leave.yaml'] as const;

let house: ApprovalHouse;
let browsing: Browsing;
const open = () =>
  openVisited(
    {},
    {
      settings: {
        forms: { addresses: [], domains: ['huta.example'], language: 'pl' },
        roles: { ...settings.roles, manager: [CELINA] },
      },
    },
  );
visit(open, (visited) => ({ house, browsing } = visited), /status of 4\d\d/);
beforeAll(async () => {
  const texts = await examplesOf(new URL('../../docs/requests.md', import.meta.url));
  const [source = '', fields = ''] = FILES.map((name) => texts.get(name));
  const files = { 'fields/leave.yaml': fields };
  const { loaded } = loadDefinition(source, 'automation.yaml');
  if (!loaded) throw new Error('the example of docs/requests.md cannot be loaded');
  expect(checkDefinition(loaded, { files })).toEqual([]);
  const { namespace, name, version } = loaded.definition.document;
  await house.store.definitions.deploy({
    hash: 'h',
    namespace,
    name,
    version,
    definition: loaded.definition,
    source,
    files,
  });
});

it('should take a request from a form to its decision, on a phone', async () => {
  const tab = await signIn(house, browsing, JAN, PHONE);
  await tab.getByRole('link', { name: 'Moje wnioski' }).click();
  await looked(tab, 'requests-empty');
  await tab.getByRole('link', { name: 'Wniosek urlopowy' }).click();
  await looked(tab, 'form-phone-pl');
  await tab.getByLabel('Rodzaj urlopu').selectOption('sick');
  await tab
    .getByLabel('Zwolnienie')
    .setInputFiles({ name: 'L4.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>no</html>') });
  await fillDays(tab, '2026-12-31', '2026-12-28');
  await tab.getByRole('button', { name: 'Wyślij wniosek' }).click();
  await tab.getByText('Ostatni dzień jest przed pierwszym.').waitFor();
  await looked(tab, 'form-wrong-phone-pl');
  expect(await tab.getByText('jest innego rodzaju').count(), 'told by its bytes').toBe(1);
  await tab.getByLabel('Zwolnienie').setInputFiles({
    name: 'L4.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2_000_000, 32)]),
  });
  await fillDays(tab, '2026-12-28', '2026-12-31');
  await tab.getByRole('button', { name: 'Wyślij wniosek' }).click();
  await tab.waitForURL('**/requests/*');
  await looked(tab, 'request-going');
  const mail = await house.mailTo(CELINA);
  expect(mail.subject).toBe('Do decyzji: Urlop: jan@huta.example');
  expect(mail.text).toContain('28 grudnia 2026 – 31 grudnia 2026');
  const link = linkIn(mail);
  await post(house.app, `${link}/ask`, {
    page: await pageTokenOf(house.app, link),
    to: JAN,
    text: 'Kto odbiera pocztę?',
  });
  await house.mailTo(JAN);
  await tab.reload();
  await tab.getByText('Kto odbiera pocztę?').waitFor();
  await looked(tab, 'request-question');
  await decide(house.app, link, 'approved', { comment: 'Zdrowia!' });
  await tab.reload();
  await tab.getByText('Zdrowia!').waitFor();
  await looked(tab, 'request-approved');
});

it('should keep what is typed, and hand in once what is sent twice, without scripts too', async () => {
  const tab = await signIn(house, browsing, JAN, DESKTOP, { locale: 'pl-PL', colorScheme: 'dark' });
  await tab.goto('/f/hr/leave');
  await tab.getByLabel('Rodzaj urlopu').selectOption('holiday');
  await tab.getByText('Zapisano.').waitFor();
  await tab.reload();
  expect(await tab.getByLabel('Rodzaj urlopu').inputValue()).toBe('holiday');
  expect(await tab.getByLabel('Zwolnienie').count(), 'not asked').toBe(1);
  expect(await tab.getByLabel('Zwolnienie').isVisible()).toBe(false);
  await looked(tab, 'form-desktop-dark');
  const cookies = (await tab.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const page = await (await house.app.request('/f/hr/leave', { headers: { cookie: cookies } })).text();
  const hidden = (name: string): string => new RegExp(`name="${name}"\\s+value="([^"]+)"`).exec(page)?.[1] ?? '';
  const send = async (): Promise<Response> => {
    const form = new FormData();
    const typed = {
      csrf: hidden('csrf'),
      submission: hidden('submission'),
      'f.kind': 'holiday',
      'f.days.from': '2026-12-28',
      'f.days.to': '2026-12-28',
    };
    for (const [name, value] of Object.entries(typed)) form.append(name, value);
    return house.app.request('/f/hr/leave', {
      method: 'POST',
      body: form,
      headers: { cookie: cookies, 'Sec-Fetch-Site': 'same-origin' },
    });
  };
  const answers = await Promise.all([send(), send()]);
  const third = await send();
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(new Set([...answers, third].map(({ headers }) => headers.get('location'))).size, 'one request').toBe(1);
  await house.mailTo(CELINA);
  expect(house.mails.filter(({ to }) => to.address === CELINA)).toHaveLength(1);
  await tab.goto(third.headers.get('location') ?? '');
  await tab.getByText('Wycofaj wniosek…').click();
  await tab.getByRole('button', { name: 'Wycofuję' }).click();
  await tab.getByText('Wycofany').waitFor();
  await looked(tab, 'request-withdrawn');
  await tab.goto('/f/hr/leave');
  expect(await tab.getByLabel('Rodzaj urlopu').inputValue(), 'a form handed in is empty again').toBe('');
});

it('should show nobody what others asked for, and let no stranger in', async () => {
  const mine = await house.store.submissions.of(JAN);
  expect(mine).toHaveLength(2);
  const tab = await signIn(house, browsing, CELINA, DESKTOP);
  expect((await tab.goto(`/requests/${mine[0]?.id}`))?.status()).toBe(404);
  expect((await house.app.request('/f/hr/leave')).headers.get('location')).toContain('/sign-in');
  await house.app.request('/sign-in', {
    method: 'POST',
    body: new URLSearchParams({ email: 'jan@evil.example' }),
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
  expect(house.deskMails.filter(({ to }) => to.endsWith('evil.example'))).toEqual([]);
});

async function fillDays(tab: Page, from: string, to: string): Promise<void> {
  await tab.getByLabel('Pierwszy dzień').fill(from);
  await tab.getByLabel('Ostatni dzień').fill(to);
}

/** The files of a page of the documentation: code blocks whose first line names them. */
async function examplesOf(page: URL): Promise<Map<string, string>> {
  const text = await readFile(page, 'utf8');
  const blocks = [...text.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)];
  return new Map(blocks.map(([, name = '', yaml = '']) => [name, yaml]));
}
