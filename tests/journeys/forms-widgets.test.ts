import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFormRunner, type FormRunner } from '../../bots/forms/index.ts';
import { loadForm } from '../../core/forms/load.ts';

const SAVE = '<p><button>Save</button></p></form>';
const OPEN = '<form method="post" action="/save">';
const FIELD = (label: string, name: string, more = ''): string =>
  `<p><label for="${name}">${label}</label> <input id="${name}" name="${name}" ${more}></p>`;

/** A list as component libraries draw it: a box with a role, options that come when it is clicked, a hidden value. */
const LISTBOX = `${OPEN}<div><span id="l">Currency</span><div id="c" role="combobox" aria-labelledby="l" tabindex="0">EUR</div></div>
<input type="hidden" name="currency" value="EUR">${SAVE}<script>
c.onclick = () => setTimeout(() => {
  const list = document.createElement('div'); list.setAttribute('role', 'listbox');
  for (const text of ['EUR – euro', 'PLN – złoty', 'USD – dollar']) {
    const option = document.createElement('div'); option.setAttribute('role', 'option'); option.textContent = text;
    option.onclick = () => { c.textContent = text; document.forms[0].currency.value = text.slice(0, 3); list.remove(); };
    list.append(option);
  }
  document.body.append(list);
}, 50);</script>`;

/** Suggestions without any role, after keys alone, which go when the field is left. */
const SUGGESTIONS = `${OPEN}${FIELD('Supplier', 's', 'autocomplete="off"')}<ul id="u"></ul><input type="hidden" name="id">${SAVE}<script>
s.onkeyup = () => setTimeout(() => {
  u.innerHTML = '';
  for (const text of ['Papirus', 'Papiernia']) if (s.value && text.startsWith(s.value)) {
    const item = document.createElement('li'); item.textContent = text;
    item.onmousedown = (e) => { e.preventDefault(); s.value = text; document.forms[0].id.value = text.length; u.innerHTML = ''; };
    u.append(item);
  }
}, 30);
s.onblur = () => setTimeout(() => { u.innerHTML = ''; }, 20);</script>`;

/** A long list that draws only what is seen of it. */
const VIRTUAL = `${OPEN}<div><span id="l">Account</span><div id="c" role="combobox" aria-labelledby="l" tabindex="0">none</div></div>
<input type="hidden" name="account">${SAVE}<div id="box" hidden role="listbox" style="height:100px;overflow-y:auto"><div id="all" style="height:4000px;position:relative"></div></div><script>
const draw = () => { const first = Math.floor(box.scrollTop / 20); all.innerHTML = '';
  for (let i = first; i < first + 6; i += 1) { const o = document.createElement('div'); o.setAttribute('role', 'option');
    o.style.cssText = 'position:absolute;height:20px;top:' + i * 20 + 'px'; o.textContent = String(400 + i) + ' – account';
    o.onclick = () => { c.textContent = o.textContent; document.forms[0].account.value = o.textContent.slice(0, 3); box.hidden = true; };
    all.append(o); } };
box.onscroll = draw; c.onclick = () => { box.hidden = false; draw(); };</script>`;

const SHADOW = `<x-field></x-field>${OPEN}<input type="hidden" name="n">${SAVE}<script>
customElements.define('x-field', class extends HTMLElement { connectedCallback() {
  const root = this.attachShadow({ mode: 'open' });
  root.innerHTML = '<label for="i">Number</label><input id="i">';
  root.querySelector('input').oninput = (e) => { document.forms[0].n.value = e.target.value; }; } });</script>`;

const COMPUTED = `${OPEN}${FIELD('Net', 'net')}${FIELD('Gross', 'gross', 'readonly')}<p><button id="b" disabled>Save</button></p></form><script>
net.onchange = () => setTimeout(() => { gross.value = (Number(net.value) * 1.23).toFixed(2); b.disabled = false; }, 400);</script>`;

/** Each change of a field sends the page off, as AutoPostBack does. */
const postback = (fields: URLSearchParams): string => `<form method="post" action="/postback" id="f">
${['a', 'b'].map((name) => `<p><label for="${name}">Field ${name}</label> <input id="${name}" name="${name}" value="${fields.get(name) ?? ''}" onchange="setTimeout(() => f.submit(), 0)"></p>`).join('')}
<button formaction="/save">Save</button></form>`;

const POLLING = `${OPEN}${FIELD('Number', 'n')}${SAVE}<script>
void fetch('/hang'); const poll = () => fetch('/poll').then(() => setTimeout(poll, 40)); void poll();</script>`;

const EDITABLE = `${OPEN}<p id="l">Note</p><div contenteditable="true" aria-labelledby="l" id="e" style="min-height:1em"></div><input type="hidden" name="n">${SAVE}
<script>e.oninput = () => { document.forms[0].n.value = e.innerText; };</script>`;

const ACTS = `<table><tr><td id="r">Nordwind</td></tr></table><div id="x"></div><script>
r.ondblclick = () => { x.innerHTML = '<form method="post" action="/save"><label for="n">Number</label> <input id="n" name="n"></form>'; };</script>`;

const COVERED = `${OPEN}${FIELD('Number', 'n')}${SAVE}<div style="position:fixed;inset:0;background:#fff">We use cookies</div>`;

const NATIVE = `${OPEN}${FIELD('Date', 'd', 'type="date"')}${FIELD('Due', 'due', 'placeholder="yyyy-mm-dd"')}${FIELD('Amount', 'a', 'type="number" step="0.01"')}
${FIELD('VAT id', 'v')}${SAVE}<script>v.oninput = () => { const d = v.value.replace(/\\D/g, ''); v.value = [d.slice(0, 3), d.slice(3, 6), d.slice(6, 8), d.slice(8)].filter(Boolean).join('-'); };</script>`;

const HIDDEN = `${OPEN}<p><label for="n">Number <span style="display:none">(hint)</span></label> <input id="n" name="n"></p>
<div style="cursor:pointer" onclick="document.forms[0].submit()"><span style="display:none">●</span>Store</div></form>`;

const PAGES: Record<string, string> = {
  '/listbox': LISTBOX,
  '/suggestions': SUGGESTIONS,
  '/virtual': VIRTUAL,
  '/shadow': SHADOW,
  '/computed': COMPUTED,
  '/polling': POLLING,
  '/editable': EDITABLE,
  '/acts': ACTS,
  '/covered': COVERED,
  '/native': NATIVE,
  '/hidden': HIDDEN,
  '/files': `<form method="post" action="/save" enctype="multipart/form-data"><input type="file" name="scan" id="scan" style="display:none"><button type="button" onclick="scan.click()">Attach</button>${SAVE}`,
};

let saved: URLSearchParams[] = [];
let server: Server;
let url = '';
let runner: FormRunner;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://page');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  if (pathname === '/hang') return;
  const page = (html: string) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><h1>Page</h1>${html}`);
  if (pathname === '/poll') response.end('{}');
  else if (pathname === '/postback') page(postback(new URLSearchParams(body)));
  else if (pathname === '/save') {
    const isForm = request.headers['content-type']?.startsWith('multipart');
    saved.push(isForm ? new URLSearchParams({ raw: body }) : new URLSearchParams(body));
    page('<p>Saved</p>');
  } else page(PAGES[pathname] ?? 'nothing here');
}

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  runner = createFormRunner({ executablePath: process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium' });
});
afterAll(async () => {
  await runner.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  saved = [];
});

const typeIn = (value: string): string =>
  /^\d{4}-/.test(value) ? 'date' : /^\d+\.\d\d$/.test(value) ? 'amount' : 'text';

/** Fills one page by the steps of a form file, and gives what the server got. */
async function fill(path: string, fields: string, steps: string, values: Record<string, string | object> = {}) {
  const parameters = Object.entries(values).map(([name, value]) => {
    if (typeof value === 'object') return `${name}: { type: file }`;
    return `${name}: { type: ${typeIn(value)} }`;
  });
  const form = loadForm(
    `form: page
title: Page
effect: none
target: { name: page, start: ${path}, patience: 6, login: [{ wait for: nobody }], signed out: Please log in }
formats: { date: DD.MM.YYYY, decimal: ',' }
parameters: { ${parameters.join(', ')} }
fields: { save: { button: Save }, ${fields} }
write: [${steps}, { wait for: Saved }]
`,
    'page.yaml',
  );
  const bytes = new TextEncoder().encode('%PDF-1.4 scan');
  const fileOf = () => Promise.resolve({ name: 'x', mediaType: 'application/pdf', bytes });
  await runner.run({ form, target: { url }, key: path, values, fileOf, context: {} });
  return Object.fromEntries(saved[0] ?? []);
}

describe('fields as component libraries draw them', () => {
  it('should be chosen from by what a person reads, or by the code that it begins with', async () => {
    const chosen = await fill('/listbox', 'c: { label: Currency }', '{ choose: { c: "{v}" } }, { press: save }', {
      v: 'PLN',
    });
    expect(chosen).toEqual({ currency: 'PLN' });
    const wrong = fill('/listbox', 'c: { label: Currency }', '{ choose: { c: "{v}" } }, { press: save }', { v: 'CHF' });
    await expect(wrong).rejects.toMatchObject({ problem: { title: 'unknown-option' } });
  });

  it('should be searched by typing where the list comes of keys', async () => {
    const got = await fill('/suggestions', 's: { label: Supplier }', '{ choose: { s: "{v}" } }, { press: save }', {
      v: 'Papiernia',
    });
    expect(got).toEqual({ s: 'Papiernia', id: '9' });
  });

  it('should be scrolled where the list draws only a part of itself', async () => {
    const got = await fill('/virtual', 'a: { label: Account }', '{ choose: { a: "{v}" } }, { press: save }', {
      v: '437',
    });
    expect(got).toEqual({ account: '437' });
  });

  it('should be found in open shadow roots', async () => {
    expect(
      await fill('/shadow', 'n: { label: Number }', '{ fill: { n: "{v}" } }, { press: save }', { v: 'FV/1' }),
    ).toEqual({ n: 'FV/1' });
  });

  it('should be written into where the page is the editor', async () => {
    expect(
      await fill('/editable', 'n: { label: Note }', '{ fill: { n: "{v}" } }, { press: save }', { v: 'paid' }),
    ).toEqual({ n: 'paid' });
  });

  it('should be known by what is seen of their words, and pressed though they are no buttons', async () => {
    const got = await fill(
      '/hidden',
      'n: { label: Number }, store: { button: Store }',
      '{ fill: { n: "{v}" } }, { press: store }',
      { v: 'FV/1' },
    );
    expect(got).toEqual({ n: 'FV/1' });
  });

  it('should get dates and numbers in their own spelling, and masks what they mask', async () => {
    const fields = 'd: { label: Date }, due: { label: Due }, a: { label: Amount }, v: { label: VAT id }';
    const steps = '{ fill: { d: "{d}", due: "{d}", a: "{a}", v: "{v}" } }, { press: save }';
    const got = await fill('/native', fields, steps, { d: '2026-11-03', a: '1234.50', v: '7823041166' });
    expect(got).toEqual({ d: '2026-11-03', due: '2026-11-03', a: '1234.50', v: '782-304-11-66' });
  });

  it('should take a file of the run behind a button', async () => {
    const scan = { id: `sha256:${'0'.repeat(64)}`, name: 'FV-1.pdf', mediaType: 'application/pdf', size: 13 };
    const got = await fill(
      '/files',
      'scan: { button: Attach }',
      '{ attach: { field: scan, file: scan } }, { press: save }',
      { scan },
    );
    expect(got['raw']).toContain('filename="FV-1.pdf"');
    expect(got['raw']).toContain('%PDF-1.4 scan');
  });
});

describe('pages that do something when a field is left, or all the time', () => {
  it('should compute before they are checked and pressed', async () => {
    const fields = 'net: { label: Net }, gross: { label: Gross }';
    const steps = '{ fill: { net: "{n}" } }, { check: { gross: "{g}" } }, { press: save }';
    expect(
      await fill('/computed', fields, steps, { n: '100', g: '123.00' }).catch((error: Error) => error.message),
    ).toMatch(/123\.00|differs/);
    expect(await fill('/computed', fields, '{ fill: { net: "{n}" } }, { press: save }', { n: '100' })).toEqual({
      net: '100',
      gross: '123.00',
    });
  });

  it('should be waited for where each change sends them off', async () => {
    const got = await fill(
      '/postback',
      'a: { label: Field a }, b: { label: Field b }',
      '{ fill: { a: "{x}", b: "{y}" } }, { press: save }',
      { x: 'one', y: 'two' },
    );
    expect(got).toEqual({ a: 'one', b: 'two' });
  });

  it('should be at rest though they poll and hold a request open', async () => {
    expect(
      await fill('/polling', 'n: { label: Number }', '{ fill: { n: "{v}" } }, { press: save }', { v: 'FV/1' }),
    ).toEqual({ n: 'FV/1' });
  });
});

describe('acts of a person', () => {
  it('should be two clicks, and a key', async () => {
    const got = await fill(
      '/acts',
      'row: { css: td }, n: { label: Number }',
      '{ double: row }, { fill: { n: "{v}" } }, { key: Enter }',
      { v: 'FV/1' },
    );
    expect(got).toEqual({ n: 'FV/1' });
  });

  it('should name what covers a button', async () => {
    const covered = fill('/covered', 'n: { label: Number }', '{ press: save }');
    await expect(covered).rejects.toThrow('"We use cookies" covers field "save"');
  });
});
