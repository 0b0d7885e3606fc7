import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CHARSET, encodePage } from '../../../demo/intranet/charset.ts';
import type { Mutation } from './mutation.ts';

/** Stands before the application and shows it as it is after a release. */
export type MutatingProxy = { url: string; mutate(mutation: Mutation | undefined): void; close(): Promise<void> };

export async function startMutatingProxy(applicationUrl: string): Promise<MutatingProxy> {
  let mutation: Mutation | undefined;
  const server = createServer((request, response) => {
    pass(applicationUrl, mutation, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    mutate: (next) => {
      mutation = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function pass(to: string, mutation: Mutation | undefined, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', to);
  let body = '';
  for await (const chunk of request) body += (chunk as Buffer).toString('latin1');
  const { method = 'GET', headers } = request;
  const bare = (request.url ?? '').endsWith('?') ? '?' : url.search;
  const own = mutation?.answer?.({ method, path: url.pathname, search: bare, body });
  if (own !== undefined) {
    return void response.writeHead(200, { 'content-type': `text/html; charset=${CHARSET}` }).end(encodePage(own));
  }
  const answer = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { cookie: headers.cookie ?? '', 'content-type': headers['content-type'] ?? 'text/plain' },
    ...(method === 'POST' ? { body: renameInBody(body, mutation?.rename ?? {}) } : {}),
  });
  const kept = ['content-type', 'location', 'set-cookie'].flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const html = new TextDecoder(CHARSET).decode(await answer.arrayBuffer());
  const named = renameInPage(html, mutation?.rename ?? {});
  const page = answer.status === 200 ? (mutation?.page?.(named, url.pathname) ?? named) : named;
  response.writeHead(answer.status, Object.fromEntries(kept)).end(encodePage(page));
}

/** What the browser sends under new names reaches the application under the old ones. */
function renameInBody(body: string, names: Record<string, string>): string {
  const old = new Map(Object.entries(names).map(([before, now]) => [now, before]));
  return body
    .split('&')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [old.get(name) ?? name, ...value].join('=');
    })
    .join('&');
}

/** Names stand in quotes, in scripts of attributes in escaped ones. */
function renameInPage(html: string, names: Record<string, string>): string {
  return html.replaceAll(/(["']|&#39;)([FS]_\d+(?:_\d)?)\1/g, (whole, quote: string, name: string) =>
    names[name] === undefined ? whole : `${quote}${names[name]}${quote}`,
  );
}
