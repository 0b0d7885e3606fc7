import { describe, expect, it } from 'vitest';
import type { ApprovalHouse } from '../../support/approvals.ts';
import { invoice, linkIn } from '../../support/approvals.ts';
import type { Browsing } from '../../support/browsing.ts';
import { DESKTOP, looked, PHONE } from '../../support/browsing.ts';
import { openVisited, visit } from '../../support/visited.ts';

const BEN = 'ben@huta.example';
const CELINA = 'celina@huta.example';

let house: ApprovalHouse;
let browsing: Browsing;
// Friday before Easter and before the clocks go forward, five in the afternoon in Warsaw; a day lasts half a second.
const lapse = { start: '2027-03-26T16:00:00Z', dayMs: 500 };
visit(
  () => openVisited({}, { lapse }),
  (visited) => ({ house, browsing } = visited),
);

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('simulated days on a %s', (device, viewport) => {
  it('should remind, ask somebody else too, and let them decide', async () => {
    // The two months until it expires are half a minute.
    const run = await begin({
      ...{ approvers: [BEN], remind: '1 working day', expire: '40 working days' },
      escalate: { after: '2 working days', to: ['board'] },
    });
    const reminder = await house.mailTo(BEN, 1);
    expect(reminder.text).toContain('still waiting for you');
    expect(reminder.inReplyTo, 'in the thread of the first mail').toBeDefined();
    await mailLooked(reminder.html, `mail-reminder-${device}`);
    const escalated = await house.mailTo(CELINA);
    expect(escalated.text).toContain('Nikt jeszcze nie zdecydował');
    await mailLooked(escalated.html, `mail-escalated-${device}`);
    const tab = await browsing.page(viewport);
    house.lapse?.hold();
    await tab.goto(linkIn(escalated));
    await looked(tab, `escalated-${device}`);
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    await tab.getByText('Faktura zaakceptowana przez Ciebie').waitFor();
    house.lapse?.release();
    expect(await run.result()).toMatchObject({ approved: true, decisions: [{ approver: CELINA }] });
    await tab.goto(linkIn(reminder));
    await tab.getByText('Celina Wójcik approved this invoice').waitFor();
    await looked(tab, `decided-meanwhile-${device}`);
    expect(await actions(run.workflowId)).toEqual(
      expect.arrayContaining(['approval.asked', 'approval.reminded', 'approval.escalated', 'approval.decided']),
    );
  });

  it('should expire as rejected, and say so to whoever comes later', async () => {
    const run = await begin({ approvers: [BEN], remind: '1 working day', expire: '3 working days' });
    expect(await run.result()).toMatchObject({ approved: false, expired: true, decisions: [] });
    const tab = await browsing.page(viewport);
    await tab.goto(linkIn(await house.mailTo(BEN)));
    await tab.getByText('The time to decide has passed').waitFor();
    await tab.getByText('so the invoice counts as rejected').waitFor();
    await looked(tab, `expired-${device}`);
    expect(await tab.getByRole('button').count(), 'nothing to decide any more').toBe(0);
    browsing.complaints.splice(0); // The browser notes the status 410 itself.
    expect(await actions(run.workflowId)).toContain('approval.closed');
  });

  async function mailLooked(html: string, name: string): Promise<void> {
    const tab = await browsing.page(viewport);
    await tab.setContent(html);
    await looked(tab, name);
  }
});

async function begin(args: object) {
  const about = { about: invoice, ...args };
  return house.engine.begin({ do: [{ approve: { call: 'approval.request', with: about } }] });
}

async function actions(run: string): Promise<string[]> {
  return (await house.store.audit.list(run)).map(({ action }) => action);
}
