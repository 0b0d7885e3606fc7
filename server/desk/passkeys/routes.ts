import type { Context } from 'hono';
import { Hono } from 'hono';
import type { SignedIn } from '../sign-in/session.ts';
import type { Env } from '../../site/context.ts';
import { show } from '../../site/context.ts';
import type { Desk } from '../context.ts';
import { deskView, field, posted, seen } from '../context.ts';
import { passkeysPage } from './page.ts';
import { passkeysWork, readSetUp, setUpOptions } from '../../people/passkey.ts';

/** A telephone, a computer, two security keys and their spares. */
const MAX_PASSKEYS = 10;
const MAX_NAME = 100;

/** The page on which people set up passkeys for approvals above a limit. */
export function passkeyRoutes(desk: Desk): Hono<Env> {
  const routes = new Hono<Env>();
  const { store, site } = desk;
  routes.get(
    '/passkeys',
    seen(desk, 'passkeys.viewed', [], (c, visitor) => showPasskeys(desk, c, visitor)),
  );
  routes.post('/passkeys', async (c) => {
    const sent = await posted(desk, c);
    return sent instanceof Response ? sent : add(c, sent.visitor, sent.form);
  });
  routes.post('/passkeys/remove', async (c) => {
    const sent = await posted(desk, c);
    if (sent instanceof Response) return sent;
    const { email } = sent.visitor;
    const id = field(sent.form, 'id');
    if (await store.passkeys.remove(id, email)) {
      await store.audit.append({ actor: email, action: 'passkey.removed', details: { id } });
    }
    return c.redirect('/passkeys', 303);
  });
  return routes;

  async function add(c: Context<Env>, visitor: SignedIn, form: FormData): Promise<Response> {
    const { passkeys: text } = deskView(desk, visitor).desk;
    const { email } = visitor;
    const name = field(form, 'name').slice(0, MAX_NAME);
    const made = await readSetUp(site, email, field(form, 'token'), field(form, 'passkey'));
    const full = (await store.passkeys.of(email)).length >= MAX_PASSKEYS;
    if (!made || name === '' || full) return showPasskeys(desk, c, visitor, full ? text.tooMany : text.failed);
    if (!(await store.passkeys.add({ ...made, person: email, name }, site.clock()))) {
      return showPasskeys(desk, c, visitor, text.failed);
    }
    await store.audit.append({ actor: email, action: 'passkey.added', details: { id: made.id, name } });
    return c.redirect('/passkeys', 303);
  }
}

async function showPasskeys(desk: Desk, c: Context<Env>, visitor: SignedIn, problem?: string): Promise<Response> {
  const { site, store } = desk;
  const keys = await store.passkeys.of(visitor.email);
  const setUp = passkeysWork(site) ? await setUpOptions(site, visitor, keys) : undefined;
  const page = passkeysPage(deskView(desk, visitor), { keys, setUp, problem });
  return show(c, page, problem === undefined ? 200 : 422);
}
