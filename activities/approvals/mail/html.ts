import { html, raw } from 'hono/html';
import { cleanText } from '../../../definitions/messages/format.ts';
import type { MailContent } from './content.ts';

type Html = ReturnType<typeof html>;

/** System fonts only: nothing is loaded from elsewhere, so the mail tells nobody that it was opened. */
const FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/** Words from outside may be longer than a telephone is wide. */
const OUTSIDE = `${FONT};word-break:break-word;overflow-wrap:anywhere`;

/**
 * Mail clients: Gmail drops what it does not know, Outlook sets with Word. So: tables, inline styles, a width of 600,
 * and one style block that narrows it on phones and turns it dark where the client can.
 */
const STYLE = raw(`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 620px) { .card { padding: 24px 20px !important; } .amount { font-size: 28px !important; } .outer { padding: 12px 10px !important; } }
@media (prefers-color-scheme: dark) {
  .page { background: #14171c !important; } .card { background: #1d2128 !important; border-color: #323843 !important; }
  .ink { color: #eceae4 !important; } .soft { color: #a9b0bb !important; } .rule { border-color: #323843 !important; }
  .note { background: #33290f !important; color: #f3dfa8 !important; border-color: #6b5518 !important; }
  .quote { border-color: #2fa58d !important; }
  .button { background: #2fa58d !important; } .button a { color: #06201a !important; } .link { color: #7fd3c1 !important; }
}`);

/** The mail as HTML: no remote image, no script, one button. */
export function mailHtml(content: MailContent, subject: string): Html {
  const { messages } = content;
  return html`<!doctype html>
    <html lang="${content.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="x-apple-disable-message-reformatting" />
        <title>${subject}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body class="page" style="margin:0;padding:0;background:#f3f1ec">
        <div style="display:none;max-height:0;overflow:hidden">
          ${content.lead}: ${content.heading}${content.amount ? html`, ${content.amount}` : ''}
        </div>
        <table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f3f1ec">
          <tr>
            <td class="outer" align="center" style="padding:32px 16px">
              <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px">
                <tr>
                  <td
                    class="card"
                    style="background:#ffffff;border:1px solid #e2ded5;border-radius:14px;padding:36px 40px"
                  >
                    ${heading(content)} ${quote(content)} ${code(content)} ${items(content)} ${facts(content)}
                    ${findings(content)} ${button(content)} ${afterwards(content)}
                  </td>
                </tr>
                <tr>
                  <td style="padding:18px 6px 0">
                    ${copyable(content)}
                    <p class="soft" style="${FONT};margin:12px 0 0;font-size:12px;line-height:18px;color:#666d79">
                      ${messages.sentBy(content.company)}
                    </p>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>`;
}

function heading(content: MailContent): Html {
  return html`<p class="soft" style="${FONT};margin:0 0 14px;font-size:15px;line-height:22px;color:#5b6270">
      ${content.lead}
    </p>
    <h1 class="ink" style="${OUTSIDE};margin:0;font-size:20px;line-height:27px;font-weight:600;color:#1b212b">
      <bdi>${content.heading}</bdi>
    </h1>
    ${
      content.amount
        ? html`<p
            class="ink amount"
            style="${FONT};margin:4px 0 0;font-size:34px;line-height:42px;font-weight:700;letter-spacing:-0.5px;color:#1b212b"
          >
            ${content.amount}
          </p>`
        : ''
    }
    ${(content.before ?? []).map(
      (line) =>
        html`<p class="soft" style="${FONT};margin:8px 0 0;font-size:15px;line-height:22px;color:#5b6270">${line}</p>`,
    )}`;
}

/** Words of a person, with their line breaks. */
function quote({ quote: words }: MailContent): Html {
  if (!words) return html``;
  const lines = words.split('\n').map((line, i) => html`${i > 0 ? raw('<br />') : ''}${cleanText(line)}`);
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:18px 0 0">
    <tr>
      <td
        class="ink quote"
        style="${OUTSIDE};border-left:3px solid #0f6b5c;padding:4px 0 4px 16px;font-size:16px;line-height:24px;color:#1b212b"
      >
        <bdi>${lines}</bdi>
      </td>
    </tr>
  </table>`;
}

function code({ code: digits }: MailContent): Html {
  if (!digits) return html``;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:22px 0 0">
    <tr>
      <td
        class="ink rule"
        align="center"
        style="font-family:Consolas,Menlo,monospace;border:1px solid #e2ded5;border-radius:10px;padding:18px 0;font-size:34px;line-height:40px;font-weight:700;letter-spacing:8px;color:#1b212b"
      >
        ${digits}
      </td>
    </tr>
  </table>`;
}

function items({ items: listed = [] }: MailContent): Html {
  if (listed.length === 0) return html``;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:22px 0 0">
    ${listed.map(
      ({ supplier, amount, note }) =>
        html`<tr>
          <td
            class="ink rule"
            style="${OUTSIDE};padding:12px 12px 12px 0;border-top:1px solid #ebe7de;font-size:15px;line-height:21px;color:#1b212b"
          >
            <bdi>${supplier}</bdi
            >${note ? html`<br /><bdi class="soft" style="font-size:13px;color:#5b6270">${note}</bdi>` : ''}
          </td>
          <td
            class="ink rule"
            align="right"
            style="${FONT};padding:12px 0;border-top:1px solid #ebe7de;font-size:15px;line-height:21px;font-weight:600;color:#1b212b;white-space:nowrap;vertical-align:top"
          >
            ${amount}
          </td>
        </tr>`,
    )}
  </table>`;
}

function facts(content: MailContent): Html {
  if (!content.facts || content.facts.length === 0) return html``;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:22px 0 0">
    ${content.facts.map(factRow)}
  </table>`;
}

function factRow({ label, value, note }: NonNullable<MailContent['facts']>[number]): Html {
  return html`<tr>
    <td
      class="soft rule"
      style="${FONT};white-space:nowrap;padding:10px 12px 10px 0;border-top:1px solid #ebe7de;font-size:14px;line-height:20px;color:#5b6270;vertical-align:top"
    >
      ${label}
    </td>
    <td
      class="ink rule"
      align="right"
      style="${OUTSIDE};padding:10px 0;border-top:1px solid #ebe7de;font-size:15px;line-height:20px;color:#1b212b;vertical-align:top"
    >
      <bdi>${value}</bdi
      >${note ? html`<br /><span class="soft" style="font-size:13px;color:#5b6270">${note}</span>` : ''}
    </td>
  </tr>`;
}

function findings(content: MailContent): Html {
  if (!content.findings || content.findings.length === 0) return html``;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:16px 0 0">
    <tr>
      <td
        class="note"
        style="${OUTSIDE};background:#fdf6e3;border:1px solid #ecd9a4;border-radius:10px;padding:14px 16px;font-size:14px;line-height:21px;color:#5c4408"
      >
        <strong>${content.messages.findings}</strong
        >${content.findings.map(({ text }) => html`<br /><bdi>${text}</bdi>`)}
      </td>
    </tr>
  </table>`;
}

/** A cell with a colour and a link that fills it: the button that Outlook draws too. */
function button({ action }: MailContent): Html {
  if (!action) return html``;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:26px 0 0">
    <tr>
      <td class="button" align="center" bgcolor="#0f6b5c" style="border-radius:10px;background:#0f6b5c">
        <a
          href="${action.link}"
          style="${FONT};display:block;padding:16px 20px;font-size:17px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none"
          >${action.button}</a
        >
      </td>
    </tr>
  </table>`;
}

function afterwards({ after }: MailContent): Html {
  return html`${after.map(
    (line, i) =>
      html`<p
        class="soft"
        style="${FONT};margin:${i === 0 ? 20 : 8}px 0 0;font-size:14px;line-height:21px;color:#5b6270"
      >
        ${line}
      </p>`,
  )}`;
}

/** The address itself, for programs that show no button. */
function copyable({ action, messages }: MailContent): Html {
  if (!action) return html``;
  return html`<p class="soft" style="${FONT};margin:0;font-size:12px;line-height:18px;color:#666d79">
    ${messages.copy}<br />
    <a class="link" href="${action.link}" style="color:#0b6253;word-break:break-all">${action.link}</a>
  </p>`;
}
