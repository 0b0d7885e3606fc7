import { randomInt } from 'node:crypto';
import type { Depot } from './model.ts';

/** Names of fields are new on every page, as some frameworks of the time made them: only what the page says stays. */
export class Names {
  readonly #prefix = `ctl${randomInt(1000, 9999)}_`;
  readonly #roles: string[] = [];
  of(role: string): string {
    this.#roles.push(role);
    return `${this.#prefix}${this.#roles.length}`;
  }
  /** Tells the server which is which; the page does not show it. */
  get hidden(): string {
    const pairs = this.#roles.map((role, index) => `${this.#prefix}${index + 1}=${role}`);
    return `<input type="hidden" name="__VIEWSTATE" value="${pairs.join(',')}">`;
  }
}

export type Fields = Record<string, string>;

/** Entries of a form by role, whatever they were called on that page. */
export function rolesOf(fields: Fields): Fields {
  const pairs = (fields['__VIEWSTATE'] ?? '').split(',').map((pair) => pair.split('='));
  return Object.fromEntries(pairs.map(([name = '', role = '']) => [role, (fields[name] ?? '').trim()]));
}

const page = (body: string): string => `<html><body bgcolor=white><font face=Arial size=2>${body}</font></body></html>`;
const row = (label: string, field: string): string => `<tr><td align=right>${label}:</td><td>${field}</td></tr>`;
const text = (name: string, value = '', more = ''): string =>
  `<input type=text name="${name}" value="${value}" ${more}>`;

export const frames = (): string =>
  `<html><frameset rows="46,*"><frame name=top src=/menu><frame name=work src=/welcome></frameset></html>`;

export const menu = (): string =>
  page(
    [
      ['/receipt', 'New receipt'],
      ['/receipts', 'Receipts'],
      ['/prices', 'Price list'],
      ['/imports', 'Imports'],
    ]
      .map(([path, name]) => `<span onclick="parent.work.location='${path}'" style="cursor:hand"><u>${name}</u></span>`)
      .join(' &nbsp; '),
  );

export function login(message: string): string {
  const names = new Names();
  return page(`<b>DEPOT 3.1 - sign on</b><form method=post action=/login target=_top>${message}
    <table>${row('User', text(names.of('user')))}${row('Password', `<input type=password name="${names.of('password')}">`)}
    ${row('Code', text(names.of('code')))}</table>${names.hidden}<input type=submit value="Sign on"></form>`);
}

export const welcome = (user: string): string => page(`<b>Good morning, ${user}</b>`);

/** Entry of goods received: each line goes to the server and back. */
export function receipt(entry: Fields, lines: readonly Fields[], message = ''): string {
  const names = new Names();
  const supplier = names.of('supplier');
  const listed = lines
    .map(({ item, quantity }) => `<tr><td>${item}</td><td align=right>${quantity}</td></tr>`)
    .join('');
  return page(`<b>Goods receipt</b> <font color=red>${message}</font><form name=f method=post action=/receipt><table>
    ${row(
      'Supplier',
      `${text(supplier, entry['supplier'], 'readonly')} <input type=button value="Find"
      onclick="window.open('/suppliers?field=${supplier}','l','width=400,height=300')">`,
    )}
    ${row('Delivery note', text(names.of('note'), entry['note'], 'maxlength=20'))}
    ${row('Received', text(names.of('received'), entry['received']))}</table><hr>
    <table border=1><tr><th>Item</th><th>Quantity</th></tr>${listed}
    <tr><td>${text(names.of('item'))}</td><td>${text(names.of('quantity'))}</td></tr></table>
    ${names.hidden}<input type=hidden name=lines value="${encodeURIComponent(JSON.stringify(lines))}">
    <input type=submit name=do value="Add line"> <input type=submit name=do value="Post"
      onclick="return confirm('Post this receipt?')"></form>`);
}

export function suppliers(depot: Depot, field: string, query: string): string {
  const found = depot.suppliers.filter((name) => query !== '' && name.toLowerCase().includes(query.toLowerCase()));
  const rows = found.map(
    (name) =>
      `<tr><td><a href="#" onclick="opener.document.f['${field}'].value='${name}';close();return false">${name}</a></td></tr>`,
  );
  return page(`<form><input type=hidden name=field value="${field}">Name <input name=q value="${query}">
    <input type=submit value="Go"></form><table>${rows.join('') || 'No such supplier'}</table>`);
}

export function receipts(depot: Depot, note: string): string {
  const names = new Names();
  const rows = depot.receipts
    .filter((one) => note !== '' && one.note === note)
    .map(
      ({ number, note, supplier, received, lines }) => `<tr><td>${number}</td><td>${note}</td><td>${supplier}</td>
      <td>${received}</td><td align=right>${lines.length}</td></tr>`,
    );
  const table = `<table border=1><tr><th>Receipt</th><th>Delivery note</th><th>Supplier</th><th>Received</th><th>Lines</th></tr>`;
  return page(`<form method=post action=/receipts>Delivery note ${text(names.of('note'), note)}${names.hidden}
    <input type=submit value="Show"></form>${rows.length > 0 ? `${table}${rows.join('')}</table>` : 'Nothing found'}`);
}

export const prices = (): string =>
  page('<b>Price list</b><p><form action=/prices.csv><input type=submit value="Export"></form>');

export function imports(depot: Depot): string {
  const rows = depot.imports
    .map(({ batch, rows }) => `<tr><td>${batch}</td><td align=right>${rows.length}</td></tr>`)
    .join('');
  return page(`<form method=post action=/imports enctype=multipart/form-data>Batch <input name=batch><br>
    File <input type=file name=file><br><input type=submit value="Import"></form>
    <table border=1><tr><th>Batch</th><th>Prices</th></tr>${rows}</table>`);
}
