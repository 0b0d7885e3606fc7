import { afterAll, beforeAll, expect, it } from 'vitest';
import { newToken } from '../../server/api/access.ts';
import {
  type ApprovalHouse,
  decide,
  invoice,
  linkIn,
  LOCAL_TOKEN,
  openHouse,
  pageTokenOf,
  post,
} from '../../tests/support/approvals.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';
const CELINA = 'celina@huta.example';

let house: ApprovalHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const request = (approvers: string[]) => ({
  do: [{ ask: { call: 'approval.request', with: { about: invoice, approvers } } }],
});
const api = (token: string, method: string, path: string) =>
  house.app.request(`/api${path}`, { method, headers: { authorization: `Bearer ${token}` } });

it('should end what a removed person could do, at once, and hand their seats on', async () => {
  const { store } = house;
  const now = new Date();
  const { token, id, hash } = newToken();
  await store.apiTokens.add(
    { id, name: 'anna', person: ANNA, hash, scopes: ['tasks:read', 'tasks:decide'], by: 'test' },
    now,
  );
  const day = { from: '2020-01-01', to: '2099-12-31' };
  await store.substitutes.add({ person: ANNA, substitute: CELINA, ...day, by: ANNA }, now);
  await store.substitutes.add({ person: CELINA, substitute: CELINA, ...day, by: CELINA }, now);
  const run = await house.engine.begin(request([ANNA]));
  // Celina stands in from the start: nothing of Anna's is left to hand on there.
  const link = linkIn(await house.mailTo(CELINA));
  await store.substitutes.remove((await store.substitutes.of(ANNA, '2026-01-01'))[0]?.id ?? '', ANNA);
  const own = await house.engine.begin(request([ANNA]));
  const annas = linkIn(await house.mailTo(ANNA));
  await store.substitutes.add({ person: ANNA, substitute: BEN, ...day, by: ANNA }, now);
  const page = await pageTokenOf(house.app, annas);
  expect((await api(token, 'GET', '/tasks')).status).toBe(200);

  const removed = await api(LOCAL_TOKEN, 'DELETE', `/users/${ANNA}`);
  expect(await removed.json()).toMatchObject({ ok: true, tokens: 1, handedOn: [{ to: BEN }], vacant: [] });

  expect((await api(token, 'GET', '/tasks')).status, 'lists no tasks').toBe(401);
  expect((await house.app.request(annas)).status, 'sees nothing by a link').toBe(404);
  await post(house.app, annas, { page, decision: 'approved' });
  const bens = linkIn(await house.mailTo(BEN));
  expect((await decide(house.app, bens, 'approved')).status).toBe(303);
  expect(await own.result()).toMatchObject({ approved: true, decisions: [{ approver: BEN, onBehalfOf: ANNA }] });
  await decide(house.app, link, 'approved');
  expect(await run.result()).toMatchObject({ approved: true });
  const entries = await store.audit.list();
  expect(entries.find(({ action }) => action === 'user.removed')?.details).toMatchObject({ email: ANNA, tokens: 1 });
});

it('should not ask somebody who was removed, though a role still names them', async () => {
  const run = await house.engine.begin(request(['accounting']));
  const link = linkIn(await house.mailTo(BEN, 1));
  const asked = house.mails.filter(({ to }) => to.address === ANNA);
  expect(asked, 'the mails from before').toHaveLength(1);
  await decide(house.app, link, 'approved');
  expect(await run.result()).toMatchObject({ approved: true });
});
