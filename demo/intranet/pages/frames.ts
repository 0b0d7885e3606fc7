import { html, raw } from 'hono/html';
import { caption, page, type Html } from './layout.ts';

/** The only address that the browser ever shows. */
export function frameset(): Html {
  return html`<HTML>
    <HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-2">
    <TITLE>FK-2000 :: Biuro Rachunkowe SALDO</TITLE></HEAD>
    <FRAMESET COLS="190,*" BORDER="2" FRAMEBORDER="1">
      <FRAME NAME="F_MENU" SRC="/M001.asp" SCROLLING="auto" NORESIZE>
      <FRAME NAME="F_GLOWNA" SRC="/G001.asp">
      <NOFRAMES><BODY>Przegl&#261;darka nie obs&#322;uguje ramek.</BODY></NOFRAMES>
    </FRAMESET>
  </HTML>`;
}

const MENU: ReadonlyArray<readonly [group: string, items: ReadonlyArray<readonly [path: string, label: string]>]> = [
  [
    'ZAKUPY',
    [
      ['/ZK010.asp', 'Rejestracja faktury'],
      ['/ZK020.asp', 'Wyszukiwanie'],
      ['/ZK030.asp', 'Rejestr zakupów VAT'],
    ],
  ],
  ['KARTOTEKI', [['/KT010.asp', 'Kontrahenci - dodaj']]],
  ['SYSTEM', [['/LG009.asp', 'Wylogowanie']]],
];

/** Menu frame; without a session only the name of the program. */
export function menu(user: string | undefined): Html {
  const groups = MENU.map(
    ([group, items]) =>
      html`<tr>
          <td bgcolor="#808080">
            <font color="#FFFFFF"><b>${group}</b></font>
          </td>
        </tr>
        ${items.map(
          ([path, label]) =>
            html`<tr>
              <td>&nbsp;<a href="javascript:void(parent.F_GLOWNA.location='${path}')">${label}</a></td>
            </tr>`,
        )}`,
  );
  return page(
    'menu',
    html`<center>
        <font face="Arial" size="4" color="#000080"><b>FK-2000</b></font
        ><br />
        <font face="Arial" size="1">wersja 4.17b (03.2004)<br />Biuro Rachunkowe SALDO<br />sp. z o.o.</font>
      </center>
      <hr />
      <table width="100%" border="0" cellpadding="3" cellspacing="1">
        ${user === undefined ? '' : groups}
      </table>
      ${
        user === undefined
          ? ''
          : html`<hr />
              <font face="Arial" size="1">Operator: ${user}</font>`
      }`,
  );
}

/** First page after login. It makes the menu frame load again, a moment later, as scripts of the time did. */
export function welcome(user: string, documents: number): Html {
  return page(
    'start',
    html`${caption('G001', 'Strona startowa')}
      <table>
        <tr>
          <td>Zalogowany operator:</td>
          <td><b>${user}</b></td>
        </tr>
        <tr>
          <td>Dokumentów w rejestrze:</td>
          <td>${documents}</td>
        </tr>
      </table>
      <p><font face="Verdana" size="1">Program zoptymalizowany dla Internet Explorer 5.5, 800x600.</font></p>
      <script>
        ${raw("if (parent.F_MENU) parent.F_MENU.location.replace('/M001.asp');")};
      </script>`,
  );
}

/** Login page, shown inside the main frame. */
export function login(message: string): Html {
  return page(
    'logowanie',
    html`${caption('LG001', 'Logowanie do systemu')}
      ${
        message === ''
          ? ''
          : html`<font color="#CC0000" face="Verdana" size="2"><b>${message}</b></font
              ><br /><br />`
      }
      <form method="post" action="/LG001.asp">
        <table border="1" cellpadding="4" cellspacing="0" bgcolor="#ECE9D8">
          <tr>
            <td>Operator</td>
            <td><input type="text" name="L_01" size="16" maxlength="40" /></td>
          </tr>
          <tr>
            <td>Hasło</td>
            <td><input type="password" name="L_02" size="16" maxlength="60" /></td>
          </tr>
          <tr>
            <td colspan="2" align="right"><input type="submit" name="AKCJA" value="Zaloguj" /></td>
          </tr>
        </table>
      </form>`,
  );
}

/** What IIS of the time said when a script died. */
export function serverError(): Html {
  return html`<html>
    <head>
      <title>Błąd</title>
    </head>
    <body>
      <font face="Arial" size="2"><p>Microsoft OLE DB Provider for ODBC Drivers</p></font>
      <font face="Arial" size="2">error '80004005'</font>
      <p><font face="Arial" size="2">[ODBC] Przekroczono limit czasu.</font></p>
      <p><font face="Arial" size="2">/inc/baza.inc</font><font face="Arial" size="2">, line 41</font></p>
    </body>
  </html>`;
}
