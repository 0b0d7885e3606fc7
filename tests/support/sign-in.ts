import type { BrowserContextOptions, Page } from 'playwright-core';
import type { ApprovalHouse } from './approvals.ts';
import type { Browsing } from './browsing.ts';
import { eventually } from './temporal.ts';

/** A tab of someone who has signed in by the code of a mail, on the page of their tasks. */
export async function signIn(
  house: Pick<ApprovalHouse, 'store' | 'deskMails'>,
  browsing: Browsing,
  address: string,
  viewport: { width: number; height: number },
  options: BrowserContextOptions = {},
): Promise<Page> {
  // Five codes an hour are enough for people, not for tests.
  await house.store.db.deleteFrom('sign_ins').execute();
  house.deskMails.splice(0);
  const tab = await browsing.page(viewport, { locale: 'pl-PL', ...options });
  await tab.goto('/sign-in');
  await tab.getByLabel('Adres e-mail').fill(address);
  await tab.keyboard.press('Enter');
  await tab.getByLabel('Kod z wiadomości').waitFor();
  const mail = await eventually(() => Promise.resolve(house.deskMails.findLast(({ to }) => to === address)));
  await tab.getByLabel('Kod z wiadomości').fill(/^\d{6}$/m.exec(mail.text)?.[0] ?? '');
  await tab.keyboard.press('Enter');
  await tab.getByRole('heading', { level: 1 }).waitFor();
  await tab.waitForURL('**/tasks');
  return tab;
}
