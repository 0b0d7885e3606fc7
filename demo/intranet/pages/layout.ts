import { html, raw } from 'hono/html';
import { CHARSET, encodePage } from '../charset.ts';

/** A piece of a page; values put into it are escaped. */
export type Html = ReturnType<typeof html>;

/** HTML of 1999: no doctype (quirks mode), FONT tags, colours as attributes. */
export function page(title: string, body: Html, attributes = ''): Html {
  return html`<html>
    <head>
      <meta http-equiv="Content-Type" content="text/html; charset=${CHARSET}" />
      <title>${title}</title>
      <style>
        TD {
          font:
            11px Verdana,
            Arial,
            sans-serif;
        }
        INPUT,
        SELECT {
          font:
            11px 'Courier New',
            monospace;
        }
        INPUT.c {
          background: #e0e0d0;
        }
      </style>
    </head>
    <body
      bgcolor="#D4D0C8"
      text="#000000"
      link="#000080"
      vlink="#000080"
      topmargin="4"
      leftmargin="6"
      ${raw(attributes)}
    >
      ${body}
    </body>
  </html>`;
}

/** Blue caption over a page. */
export function caption(code: string, title: string): Html {
  return html`<table width="100%" border="0" cellpadding="3" cellspacing="0" bgcolor="#000080">
      <tr>
        <td>
          <font color="#FFFFFF"><b>${title}</b></font>
        </td>
        <td align="right"><font color="#A0A0FF" size="1">${code}</font></td>
      </tr>
    </table>
    <br />`;
}

/** Red text, one line each; empty for no errors. */
export function errorLines(errors: readonly string[]): Html {
  return errors.length === 0
    ? html``
    : html`<font color="#CC0000" face="Verdana" size="2"
          ><b>${errors.map((error) => html`&#149; ${error}<br />`)}</b></font
        ><br />`;
}

/** An HTTP answer in ISO-8859-2. */
export async function respond(content: Html, init: { status?: number; headers?: Record<string, string> } = {}) {
  return new Response(encodePage(String(await content)), {
    status: init.status ?? 200,
    headers: {
      'Content-Type': `text/html; charset=${CHARSET}`,
      'Cache-Control': 'no-store',
      ...init.headers,
    },
  });
}
