import { html, raw } from 'hono/html';
import { cleanText } from '../../../core/messages/format.ts';
import type { MailContent } from './content.ts';

type Html = ReturnType<typeof html>;

/** System fonts only: nothing is loaded from elsewhere, so the mail tells nobody that it was opened. */
export const FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/** Words from outside may be longer than a telephone is wide. */
const OUTSIDE = `${FONT};word-break:break-word;overflow-wrap:anywhere`;

/** Rows, so many pixels below what stands above. Mail programs lay out by tables alone. */
function table(below: number, rows: Html): Html {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:${below}px 0 0">
    ${rows}
  </table>`;
}

export function heading(content: MailContent): Html {
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
export function quote({ quote: words }: MailContent): Html {
  if (!words) return html``;
  const lines = words.split('\n').map((line, i) => html`${i > 0 ? raw('<br />') : ''}${cleanText(line)}`);
  return table(
    18,
    html`<tr>
      <td
        class="ink quote"
        style="${OUTSIDE};border-left:3px solid #0f6b5c;padding:4px 0 4px 16px;font-size:16px;line-height:24px;color:#1b212b"
      >
        <bdi>${lines}</bdi>
      </td>
    </tr>`,
  );
}

export function code({ code: digits }: MailContent): Html {
  if (!digits) return html``;
  return table(
    22,
    html`<tr>
      <td
        class="ink rule"
        align="center"
        style="font-family:Consolas,Menlo,monospace;border:1px solid #e2ded5;border-radius:10px;padding:18px 0;font-size:34px;line-height:40px;font-weight:700;letter-spacing:8px;color:#1b212b"
      >
        ${digits}
      </td>
    </tr>`,
  );
}

export function items({ items: listed = [] }: MailContent): Html {
  if (listed.length === 0) return html``;
  return table(
    22,
    html`${listed.map(
      ({ what, amount, note }) =>
        html`<tr>
          <td
            class="ink rule"
            style="${OUTSIDE};padding:12px 12px 12px 0;border-top:1px solid #ebe7de;font-size:15px;line-height:21px;color:#1b212b"
          >
            <bdi>${what}</bdi
            >${note ? html`<br /><bdi class="soft" style="font-size:13px;color:#5b6270">${note}</bdi>` : ''}
          </td>
          <td
            class="ink rule"
            align="right"
            style="${FONT};padding:12px 0;border-top:1px solid #ebe7de;font-size:15px;line-height:21px;font-weight:600;color:#1b212b;white-space:nowrap;vertical-align:top"
          >
            ${amount ?? ''}
          </td>
        </tr>`,
    )}`,
  );
}

export function facts(content: MailContent): Html {
  if (!content.facts || content.facts.length === 0) return html``;
  return table(22, html`${content.facts.map(factRow)}`);
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

export function findings(content: MailContent): Html {
  if (!content.findings || content.findings.length === 0) return html``;
  return table(
    16,
    html`<tr>
      <td
        class="note"
        style="${OUTSIDE};background:#fdf6e3;border:1px solid #ecd9a4;border-radius:10px;padding:14px 16px;font-size:14px;line-height:21px;color:#5c4408"
      >
        <strong>${content.messages.findings}</strong
        >${content.findings.map(({ text }) => html`<br /><bdi>${text}</bdi>`)}
      </td>
    </tr>`,
  );
}

/** A cell with a colour and a link that fills it: the button that Outlook draws too. */
export function button({ action }: MailContent): Html {
  if (!action) return html``;
  return table(
    26,
    html`<tr>
      <td class="button" align="center" bgcolor="#0f6b5c" style="border-radius:10px;background:#0f6b5c">
        <a
          href="${action.link}"
          style="${FONT};display:block;padding:16px 20px;font-size:17px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none"
          >${action.button}</a
        >
      </td>
    </tr>`,
  );
}

export function afterwards({ after }: MailContent): Html {
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
export function copyable({ action, messages }: MailContent): Html {
  if (!action) return html``;
  return html`<p class="soft" style="${FONT};margin:0;font-size:12px;line-height:18px;color:#666d79">
    ${messages.copy}<br />
    <a class="link" href="${action.link}" style="color:#0b6253;word-break:break-all">${action.link}</a>
  </p>`;
}
