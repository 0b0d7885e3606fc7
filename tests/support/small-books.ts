import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Entry = { id: number; number: string; gross: string; status: string };

/** How the books behave, changed while they are open. */
export type Manner = {
  /** Rows on a page of the list, the newest last; all where absent. */
  pageSize?: number;
  /** The list never shows what is written. */
  hides?: boolean;
  /** An entry is only saved, until it is posted from its own page. */
  drafts?: boolean;
  /** So many of the next saves are written and answered by HTTP 500. */
  failsAfter?: number;
  /** Calculating is a request of its own. */
  calculates?: boolean;
};

export type SmallBooks = { url: string; entries: Entry[]; manner: Manner; requests: string[]; close(): Promise<void> };

/** A small ledger on 127.0.0.1 that can hide what it has written. It starts with old entries. */
export async function openSmallBooks(manner: Manner = {}): Promise<SmallBooks> {
  const old = Array.from({ length: 25 }, (_, i) => ({
    id: i + 1,
    number: `OLD/${i}`,
    gross: '1.00',
    status: 'Posted',
  }));
  const books: Omit<SmallBooks, 'url' | 'close'> = { entries: old, manner, requests: [] };
  const server = createServer((request, response) => void answer(books, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return Object.assign(books, { url, close });
}

async function answer(books: Omit<SmallBooks, 'url' | 'close'>, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://books');
  const fields = new URLSearchParams(await bodyOf(request));
  books.requests.push(`${request.method} ${url.pathname}`);
  const page = (html: string, status = 200) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>${html}`);
  const { entries, manner } = books;
  if (url.pathname === '/save') {
    const entry = { id: entries.length + 1, number: fields.get('n') ?? '', gross: fields.get('g') ?? '', status: '' };
    entries.push({ ...entry, status: manner.drafts ? 'Draft' : 'Posted' });
    const fails = (manner.failsAfter ?? 0) > 0;
    if (fails) manner.failsAfter = (manner.failsAfter ?? 0) - 1;
    return fails ? page('<p>Server error</p>', 500) : page(manner.drafts ? entryPage(entry.id) : '<p>Thank you</p>');
  }
  if (url.pathname === '/calculate') return page(formPage(manner, fields.get('n') ?? '', fields.get('g') ?? ''));
  if (url.pathname === '/post') {
    const entry = entries.find(({ id }) => String(id) === fields.get('id'));
    if (entry) entry.status = 'Posted';
    return page('<p>Posted</p>');
  }
  if (url.pathname === '/entry') return page(entryPage(Number(url.searchParams.get('id'))));
  if (url.pathname === '/new') return page(formPage(manner));
  if (url.pathname === '/favicon.ico') return response.writeHead(404).end();
  return page(listPage(books, Number(url.searchParams.get('page') ?? 1)));
}

function listPage({ entries, manner }: Pick<SmallBooks, 'entries' | 'manner'>, page: number): string {
  const all = manner.hides ? entries.filter(({ number }) => number.startsWith('OLD/')) : entries;
  const size = manner.pageSize ?? all.length;
  const rows = all
    .slice((page - 1) * size, page * size)
    .map(
      ({ id, number, gross, status }) =>
        `<tr><td><a href="/entry?id=${id}">${id}</a></td><td>${number}</td><td>${gross}</td><td>${status}</td></tr>`,
    );
  const last = page * size >= all.length;
  const next =
    manner.pageSize === undefined
      ? ''
      : last
        ? '<span class="disabled">Next</span>'
        : `<a href="/?page=${page + 1}">Next</a>`;
  return `<h1>Entries</h1><table><tr><th>Id</th><th>Number</th><th>Gross</th><th>Status</th></tr>${rows.join('')}</table>${next}`;
}

const formPage = ({ calculates }: Manner, number = '', gross = ''): string =>
  `<form method="post" action="/save"><p><label for="n">Number</label> <input id="n" name="n" value="${number}"></p>
   <p><label for="g">Gross</label> <input id="g" name="g" value="${gross}"></p>
   ${calculates ? '<button formaction="/calculate">Calculate</button>' : ''}<button>Save</button></form>`;

const entryPage = (id: number): string =>
  `<form method="post" action="/post"><input type="hidden" name="id" value="${id}"><p>Entry ${id}</p><button>Post</button></form>`;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
