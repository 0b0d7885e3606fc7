import { html, raw } from 'hono/html';
import type { MailContent } from './content.ts';
import * as blocks from './html-blocks.ts';

type Html = ReturnType<typeof html>;

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
                    ${blocks.heading(content)} ${blocks.quote(content)} ${blocks.code(content)} ${blocks.items(content)}
                    ${blocks.facts(content)} ${blocks.findings(content)} ${blocks.button(content)}
                    ${blocks.afterwards(content)}
                  </td>
                </tr>
                <tr>
                  <td style="padding:18px 6px 0">
                    ${blocks.copyable(content)}
                    <p
                      class="soft"
                      style="${blocks.FONT};margin:12px 0 0;font-size:12px;line-height:18px;color:#666d79"
                    >
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
