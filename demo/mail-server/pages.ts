import { html } from 'hono/html';
import { formatInstant } from '../../core/messages/format.ts';
import type { MailboxMessages } from './messages.ts';
import type { ShownMail } from './parsed-mail.ts';

type Html = ReturnType<typeof html>;

export type Page = { language: 'pl' | 'en'; text: MailboxMessages; base: string };
export type Listing = { user: string; folder: string; folders: string[]; mails: ShownMail[] };
export type Reading = { user: string; folder: string; mail: ShownMail };

/** The clock of the demo's company. */
const TIME_ZONE = 'Europe/Warsaw';
/** Characters of a mail's text shown in the list. */
const PREVIEW_CHARS = 140;

/** Who has a mailbox. */
export function usersPage(page: Page, users: { email: string; mails: number }[]): Html {
  const { text, base } = page;
  return layout(
    page,
    text.mailboxes,
    html`<header>
        <h1>${text.mailboxes}</h1>
        <p class="soft">${text.mailboxesHint}</p>
      </header>
      <main>
        <ul class="users">
          ${users.map(
            ({ email, mails }) =>
              html`<li>
                <a href="${base}/${encodeURIComponent(email)}"
                  >${avatar(email)}<span class="who">${email}</span> <span class="soft">${text.count(mails)}</span></a
                >
              </li>`,
          )}
        </ul>
      </main>`,
  );
}

/** One folder, newest first. The script refreshes the list while it is looked at. */
export function listPage(page: Page, { user, folder, folders, mails }: Listing): Html {
  const { text, base } = page;
  const address = `${base}/${encodeURIComponent(user)}`;
  const tab = (name: string) =>
    html`<a href="${address}${query(name)}" ${name === folder ? html`aria-current="page"` : ''}
      >${titleOf(page, name)}</a
    >`;
  const list = mails.map((mail) => row(page, mail, `${address}/${mail.uid}${query(folder)}`));
  return layout(
    page,
    `${user} · ${titleOf(page, folder)}`,
    html`<header>
        <a class="back" href="${base}/">${text.mailboxes}</a>
        <h1>${user}</h1>
        <nav aria-label="${text.folders}">${folders.map(tab)}</nav>
      </header>
      <main id="mails">
        ${
          mails.length === 0
            ? html`<p class="empty">${text.empty}</p>`
            : html`<ul class="mails">
                ${list}
              </ul>`
        }
      </main>
      <script src="${base}/assets/list.js" defer></script>`,
  );
}

/** One mail; its body is a document of its own in a frame without rights. */
export function mailPage(page: Page, { user, folder, mail }: Reading): Html {
  const { text, base } = page;
  const address = `${base}/${encodeURIComponent(user)}`;
  const inside = (path: string) => `${address}/${mail.uid}/${path}${query(folder)}`;
  const subject = mail.subject || text.noSubject;
  const files = mail.attachments.map(
    (file, n) => html`<li><a href="${inside(`files/${n}`)}" download>${file.filename ?? file.contentType}</a></li>`,
  );
  return layout(
    page,
    subject,
    html`<header><a class="back" href="${address}${query(folder)}">${titleOf(page, folder)}</a></header>
      <main class="mail">
        <h1><bdi>${subject}</bdi></h1>
        <div class="sender">
          ${avatar(mail.from)}
          <dl>
            <div>
              <dt>${text.from}</dt>
              <dd><bdi>${mail.from}</bdi></dd>
            </div>
            <div>
              <dt>${text.to}</dt>
              <dd><bdi>${mail.to}</bdi></dd>
            </div>
          </dl>
          ${time(page, mail.date)}
        </div>
        ${
          files.length > 0
            ? html`<ul class="files" aria-label="${text.attachments}">
                ${files}
              </ul>`
            : ''
        }
        <iframe
          title="${text.body}"
          src="${inside('body')}"
          sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        ></iframe>
      </main>
      <script src="${base}/assets/list.js" defer></script>`,
  );
}

function row(page: Page, mail: ShownMail, address: string): Html {
  const preview = mail.text.replace(/\s+/g, ' ').slice(0, PREVIEW_CHARS);
  return html`<li class="${mail.seen ? 'seen' : 'new'}">
    <a href="${address}"
      >${avatar(mail.from)} <span class="from"><bdi>${mail.from}</bdi></span
      >${time(page, mail.date)}
      <span class="subject"><bdi>${mail.subject || page.text.noSubject}</bdi></span>
      <span class="preview"><bdi>${preview}</bdi></span></a
    >
  </li>`;
}

function layout({ language, base }: Page, title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${base}/assets/style.css" />
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}

/** Hues of the round signs: far apart, and dark enough for white letters. */
const HUES = 8;

function avatar(name: string): Html {
  const hue = Array.from(name).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % HUES;
  const letter = Array.from(name.replace(/[^\p{L}\p{N}]/gu, '')).at(0) ?? '?';
  return html`<span class="avatar hue${hue}" aria-hidden="true">${letter.toUpperCase()}</span>`;
}

function time({ language }: Page, date: Date): Html {
  return html`<time datetime="${date.toISOString()}">${formatInstant(date, language, TIME_ZONE)}</time>`;
}

function titleOf({ text }: Page, folder: string): string {
  return folder === 'INBOX' ? text.inbox : folder;
}

function query(folder: string): string {
  return folder === 'INBOX' ? '' : `?folder=${encodeURIComponent(folder)}`;
}
