import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemError, STANDARD_ERROR_BASE } from '../../../core/model/problem.ts';
import type { ApprovalHouse } from '../../support/approvals.ts';
import { invoice, openHouse } from '../../support/approvals.ts';
import { Browsing, DESKTOP, looked, PHONE } from '../../support/browsing.ts';
import { signIn } from '../../support/sign-in.ts';
import { eventually, failure } from '../../support/temporal.ts';

const ADMIN = 'ewa@huta.example';
const PAGES = ['tasks', 'passkeys', 'definitions', 'parked', 'audit', 'people'];

let house: ApprovalHouse;
let web: Browsing;
beforeAll(async () => {
  house = await openHouse({ 'sheet.append': append });
  web = await Browsing.start(house.app);
  const user = { email: ADMIN, name: 'Ewa Zarządca', language: 'pl' as const, roles: ['admin' as const] };
  await house.store.users.save(user, new Date());
  const ask = { approve: { call: 'approval.request', with: { about: invoice, approvers: [ADMIN] } } };
  await house.engine.begin({ do: [ask] });
  await eventually(async () => (await house.store.tasks.waitingFor(ADMIN))[0]);
  const note = { call: 'sheet.append', with: { file: 'register.xlsx', key: 'k', row: { Net: '12,50' } } };
  const run = await house.engine.begin({ do: [{ note }] }, {}, { onFault: 'park' });
  await eventually(async () => {
    const { incidents } = (await run.query('progress')) as { incidents: unknown[] };
    return incidents.length > 0 || undefined;
  });
});
afterAll(async () => {
  await web?.stop();
  await house?.stop();
});

/** The bot behind it cannot write. */
function append(): never {
  const type = `${STANDARD_ERROR_BASE}communication`;
  const problem = { type, status: 500, detail: 'register.xlsx is open elsewhere' };
  throw failure(new ProblemError(problem, { retryable: false }));
}

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('the desk in the dark on a %s', (device, viewport) => {
  it('should stay readable on each of its pages', async () => {
    const tab = await signIn(house, web, ADMIN, viewport, { colorScheme: 'dark' });
    for (const page of PAGES) {
      await tab.goto(`/${page}`);
      await looked(tab, `dark-${page}-${device}`);
    }
    await tab.goto('/parked');
    await tab.getByRole('link', { name: 'note' }).first().click();
    await tab.getByText('Co zrobić?').waitFor();
    await looked(tab, `dark-incident-${device}`);
    expect(web.complaints.splice(0), 'nothing in the console').toEqual([]);
    await web.closePages();
  });
});
