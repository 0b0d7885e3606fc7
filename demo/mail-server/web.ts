import { Hono } from 'hono';
import { html } from 'hono/html';
import { type MailboxMessages, mailboxMessages } from './messages.ts';
import { bodyDocument, contentDisposition } from './mail-body.ts';
import { listPage, mailPage, type Page, usersPage } from './pages.ts';
import { type ShownMail, showMail } from './parsed-mail.ts';
import type { MailServer, StoredMail } from './start.ts';
import { SCRIPT, STYLE } from './assets.ts';

/** Our pages: own styles and script, frames of ourselves, nothing from outside. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; frame-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";
/** A mail's own HTML: its styles and embedded pictures; no script, no trackers, no forms. */
const BODY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'";

/**
 * Web pages of the demo's mailboxes: who has one, what lies in it, each mail with its HTML in a sandboxed frame.
 * `base` is where the application is mounted, for example `/mail`. Without login: for loopback only.
 */
export function createMailboxWeb(server: MailServer, { base = '' }: { base?: string } = {}): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    const headers = {
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    };
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
    if (!c.res.headers.has('Content-Security-Policy')) c.res.headers.set('Content-Security-Policy', PAGE_POLICY);
  });
  app.get('/assets/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/assets/list.js', (c) => c.body(SCRIPT, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }));

  app.get('/', (c) => {
    const counts = server.users.map((email) => ({ email, mails: server.list(email, 'INBOX').length }));
    return c.html(usersPage(pageOf(c.req.raw, base), counts));
  });
  app.get('/:user', async (c) => {
    const user = c.req.param('user');
    if (!server.users.includes(user)) return c.notFound();
    const folder = c.req.query('folder') ?? 'INBOX';
    const mails = await Promise.all(server.list(user, folder).map(shownOrBroken));
    return c.html(listPage(pageOf(c.req.raw, base), { user, folder, folders: server.folders(user), mails }));
  });
  app.get('/:user/:uid{[0-9]+}', async (c) => {
    const page = pageOf(c.req.raw, base);
    const { user, folder, mail } = await find(server, c.req.param(), c.req.query('folder'));
    if (!mail)
      return c.html(
        html`<!doctype html>
          <p>${page.text.notFound}</p>`,
        404,
      );
    server.markSeen(user, folder, mail.uid);
    return c.html(mailPage(page, { user, folder, mail }));
  });
  app.get('/:user/:uid{[0-9]+}/body', async (c) => {
    const { mail } = await find(server, c.req.param(), c.req.query('folder'));
    if (!mail) return c.notFound();
    return c.html(bodyDocument(mail), 200, { 'Content-Security-Policy': BODY_POLICY });
  });
  app.get('/:user/:uid{[0-9]+}/files/:n{[0-9]+}', async (c) => {
    const { mail } = await find(server, c.req.param(), c.req.query('folder'));
    const file = mail?.attachments[Number(c.req.param('n'))];
    if (!file) return c.notFound();
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': contentDisposition(file.filename),
    };
    return c.body(Uint8Array.from(file.content), 200, headers);
  });
  return app;
}

async function find(server: MailServer, { user, uid }: { user: string; uid: string }, folder = 'INBOX') {
  const stored = server.list(user, folder).find((mail) => mail.uid === Number(uid));
  return { user, folder, mail: stored && (await shownOrBroken(stored)) };
}

/** A mail that cannot be parsed is still there, and is shown as what it is. */
async function shownOrBroken(mail: StoredMail): Promise<ShownMail> {
  try {
    return await showMail(mail);
  } catch {
    const text = mail.raw.toString('latin1');
    const nothing = { subject: '', from: '', to: '', attachments: [] };
    return { ...nothing, uid: mail.uid, seen: mail.flags.includes('\\Seen'), date: new Date(mail.date), text };
  }
}

function pageOf(request: Request, base: string): Page {
  const wish = new URL(request.url).searchParams.get('lang') ?? request.headers.get('accept-language') ?? '';
  const language = wish.toLowerCase().startsWith('pl') ? 'pl' : 'en';
  const text: MailboxMessages = mailboxMessages[language];
  return { language, text, base };
}
