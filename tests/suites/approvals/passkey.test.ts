import { Hono } from 'hono';
import type { CDPSession, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Env } from '../../../server/site/context.ts';
import type { ApprovalHouse } from '../../support/approvals.ts';
import { invoice, linkIn, openHouse } from '../../support/approvals.ts';
import { Browsing, DESKTOP, looked, PHONE } from '../../support/browsing.ts';
import { signIn } from '../../support/sign-in.ts';
import type { Visited } from '../../support/visited.ts';
import { visit } from '../../support/visited.ts';

const ANNA = 'anna@huta.example';

let house: ApprovalHouse;
let browsing: Browsing;
visit(openAtItsAddress, (visited) => ({ house, browsing } = visited));
beforeEach(async () => void (await house.store.db.deleteFrom('passkeys').execute()));

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('a passkey on a %s', (device, viewport) => {
  it('should be set up after signing in, and approve above the limit for one page alone', async () => {
    const tab = await signIn(house, browsing, ANNA, viewport);
    const authenticator = await Authenticator.on(tab);
    await tab.goto('/passkeys');
    await looked(tab, `passkeys-none-${device}`);
    await tab.getByLabel('Nazwa urządzenia').fill('Telefon <b>Anny</b>');
    await tab.getByRole('button', { name: 'Dodaj klucz' }).click();
    await tab.getByText('Telefon <b>Anny</b>').waitFor();
    await looked(tab, `passkeys-${device}`);
    const run = await begin();
    const path = linkIn(await house.mailTo(ANNA));
    await tab.goto(path);
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    await tab.getByText('Potwierdź kluczem dostępu').waitFor();
    await looked(tab, `passkey-asked-${device}`);
    expect(house.mails, 'no code by mail').toHaveLength(1);
    await authenticator.refuse();
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    await tab.getByText('Nie udało się potwierdzić kluczem dostępu').waitFor();
    await looked(tab, `passkey-refused-${device}`);
    await authenticator.confirm();
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    await tab.getByText('Faktura zaakceptowana przez Ciebie').waitFor();
    expect(await run.result()).toMatchObject({ approved: true });
    const dossier = await house.store.approvals.find(house.mails[0]?.key.split('/')[0] ?? '');
    expect(dossier?.decisions).toMatchObject([{ factor: 'passkey' }]);
    const [key] = await house.store.passkeys.of(ANNA);
    expect(key?.usedAt).toBeInstanceOf(Date);
  });

  it('should sign for no other page, and leave a code as the other way', async () => {
    const tab = await signIn(house, browsing, ANNA, viewport);
    await Authenticator.on(tab);
    await tab.goto('/passkeys');
    await tab.getByLabel('Nazwa urządzenia').fill('Laptop');
    await tab.getByRole('button', { name: 'Dodaj klucz' }).click();
    await tab.getByRole('button', { name: 'Usuń: Laptop' }).waitFor();
    const run = await begin();
    const path = linkIn(await house.mailTo(ANNA));
    await begin();
    const other = linkIn(await house.mailTo(ANNA, 1));
    await tab.goto(other);
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    const options = await tab.locator('form[data-passkey]').getAttribute('data-options');
    await tab.goto(path);
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    // What the device signs is the other page's challenge.
    await tab
      .locator('form[data-passkey]')
      .evaluate((form, foreign) => (form.dataset['options'] = foreign ?? ''), options);
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    await tab.getByRole('alert').filter({ hasText: 'Nie udało się potwierdzić kluczem dostępu' }).waitFor();
    browsing.complaints.splice(0); // The browser notes the status 422 itself.
    await tab.getByRole('button', { name: 'Użyj kodu zamiast klucza' }).click();
    await tab.getByLabel('Kod z wiadomości').waitFor();
    const mail = await house.mailTo(ANNA, 2);
    await tab.getByLabel('Kod z wiadomości').fill(/^\d{6}$/m.exec(mail.text)?.[0] ?? '');
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    await tab.getByText('Faktura zaakceptowana przez Ciebie').waitFor();
    expect(await run.result()).toMatchObject({ approved: true });
    const trail = await house.store.audit.list(run.workflowId);
    expect(trail.filter(({ action }) => action.startsWith('approval.code-')).map(({ action }) => action)).toEqual([
      'approval.code-wrong',
      'approval.code-sent',
      'approval.code-right',
    ]);
  });
});

/** Chromium's own stand-in for a fingerprint reader (Chrome DevTools Protocol, domain WebAuthn). */
class Authenticator {
  readonly #cdp: CDPSession;
  readonly #id: string;

  private constructor(cdp: CDPSession, id: string) {
    this.#cdp = cdp;
    this.#id = id;
  }

  static async on(tab: Page): Promise<Authenticator> {
    const cdp = await tab.context().newCDPSession(tab);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
    return new Authenticator(cdp, authenticatorId);
  }

  /** The finger does not fit. */
  async refuse(): Promise<void> {
    await this.#cdp.send('WebAuthn.setUserVerified', { authenticatorId: this.#id, isUserVerified: false });
  }

  async confirm(): Promise<void> {
    await this.#cdp.send('WebAuthn.setUserVerified', { authenticatorId: this.#id, isUserVerified: true });
  }
}

/** A passkey belongs to the address of the pages: it must be known before they are made. */
async function openAtItsAddress(): Promise<Visited> {
  browsing = await Browsing.start(new Hono<Env>(), 'localhost');
  house = await openHouse({}, { settings: { publicUrl: browsing.base } });
  browsing.answerWith(house.app);
  return { house, browsing };
}

async function begin() {
  const about = { about: invoice, approvers: [ANNA], codeAbove: '10000.00 PLN' };
  return house.engine.begin({ do: [{ approve: { call: 'approval.request', with: about } }] });
}
