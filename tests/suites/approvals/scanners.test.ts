import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApprovalHouse } from '../../support/approvals.ts';
import { decide, invoice, linkIn, openHouse, pageTokenOf, post } from '../../support/approvals.ts';
import { Browsing, DESKTOP } from '../../support/browsing.ts';
import { eventually } from '../../support/temporal.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';
const CELINA = 'celina@huta.example';
const DAVID = 'david@partner.example';
const TIMES = 10;
/** As proxies of mail servers, link previews and browsers that fetch ahead ask. */
const REQUESTS: RequestInit[] = [
  {},
  { method: 'HEAD' },
  { headers: { 'Sec-Purpose': 'prefetch;prerender', Purpose: 'prefetch' } },
  { headers: { 'User-Agent': 'Slackbot-LinkExpanding 1.0', Accept: '*/*' } },
  { method: 'OPTIONS' },
];

let house: ApprovalHouse;
let browsing: Browsing;
beforeAll(async () => {
  // An hour lasts two seconds, and every hour has its digest.
  const lapse = { start: '2027-01-11T06:00:00Z', dayMs: 48_000 };
  house = await openHouse({}, { lapse, settings: { approvals: { domains: ['partner.example'] } } });
  browsing = await Browsing.start(house.app);
});
afterAll(async () => {
  await browsing?.stop();
  await house?.stop();
});

it('should decide, answer, hand over and sign in nothing, whatever follows each link of each mail', async () => {
  const links = await everyLink();
  const before = await effects();
  let fetched = 0;
  let rendered = 0;
  const tab = await browsing.page(DESKTOP, { javaScriptEnabled: true });
  for (let i = 0; i < TIMES; i += 1) {
    for (const path of links.values()) {
      for (const request of REQUESTS) {
        // 429 is no flaw here: whoever hammers is slowed down.
        expect((await fetch(browsing.base + path, request)).status).toBeLessThan(500);
        fetched += 1;
      }
      await tab.goto(path, { waitUntil: 'load' });
      // A scanner that runs scripts also moves about; buttons it leaves alone, as every one of them does.
      await tab.mouse.move(100, 100 + i);
      await tab.keyboard.press('Tab');
      rendered += 1;
    }
  }
  expect(await effects()).toEqual(before);
  expect(await tab.context().cookies()).toEqual([]);
  console.log(
    `scanners: ${links.size} links (${[...links.keys()].join(', ')}), ${fetched} requests, ${rendered} times rendered with scripts: 0 decisions, 0 acts, 0 sessions`,
  );
});

/** What anybody could have changed: decisions, acts around them, sessions, drafts, codes that were asked for, mails. */
async function effects() {
  const { db } = house.store;
  const count = async (table: 'approval_decisions' | 'approval_trail' | 'sessions' | 'approval_codes') =>
    (await db.selectFrom(table).selectAll().execute()).length;
  return {
    decisions: await count('approval_decisions'),
    acts: await count('approval_trail'),
    sessions: await count('sessions'),
    // That a page is open somewhere is noted for half a minute; nothing that was typed.
    drafts: (await db.selectFrom('drafts').where('form', 'is not', null).selectAll().execute()).length,
    codes: await count('approval_codes'),
    mails: house.mails.length + house.deskMails.length,
  };
}

/** One link of every kind of mail that there is, by its kind. */
async function everyLink(): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  const fresh = async (kind: string, email: string, nth = 0): Promise<string> => {
    const path = linkIn(await house.mailTo(email, nth));
    links.set(kind, path);
    return path;
  };
  const small = { ...invoice, totals: { gross: '100.50' } };
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
  const digest = { at: hours, upTo: '1000.00 PLN' };
  for (let i = 0; i < 2; i += 1) await ask({ about: small, approvers: [CELINA], digest });
  await fresh('digest', CELINA);
  house.mails.splice(0);
  // Its first page is decided, so that the second approver is asked.
  await ask({ approvers: [ANNA], twoAbove: '1.00 PLN', second: [BEN] });
  house.lapse?.hold();
  await decide(house.app, await fresh('asked', ANNA), 'approved');
  await fresh('second', BEN);
  house.mails.splice(0);
  await ask({ approvers: [BEN], requester: ANNA });
  const path = await fresh('asked, open', BEN);
  const act = async (kind: string, fields: Record<string, string>) =>
    post(house.app, `${path}/${kind}`, { page: await pageTokenOf(house.app, path), ...fields });
  await act('ask', { to: ANNA, text: 'Which project?' });
  await fresh('question', ANNA);
  await act('delegate', { other: DAVID });
  await fresh('handed over', DAVID);
  house.mails.splice(0);
  await house.engine.begin({
    do: [{ check: { call: 'document.validate', with: { invoice, assign: [CELINA], expire: '60 working days' } } }],
  });
  await fresh('validation', CELINA);
  house.mails.splice(0);
  await ask({ approvers: [CELINA], codeAbove: '1.00 PLN' });
  await fresh('with a code', CELINA);
  house.lapse?.release();
  const body = new URLSearchParams({ email: ANNA });
  await house.app.request('/sign-in', { method: 'POST', body, headers: { 'Sec-Fetch-Site': 'same-origin' } });
  const mail = await eventually(() => Promise.resolve(house.deskMails[0]));
  links.set('sign-in', new URL(/https?:\S+/.exec(mail.text)?.[0] ?? '').pathname);
  return links;
}

async function ask(args: object) {
  const about = { about: invoice, expire: '60 working days', ...args };
  return house.engine.begin({ do: [{ approve: { call: 'approval.request', with: about } }] });
}
