import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import JSZip from 'jszip';
import { FormProblem, createFormRunner } from '../../bots/forms/index.ts';
import { loadForm } from '../../core/forms/load.ts';

/** Seconds that the bot waits in these tests for a page that never comes. */
const PATIENCE = 3;

const PASSWORD = 'kept-dark';

const FORM = `form: note
title: Note
effect: none
target:
  name: page
  start: /
  patience: ${PATIENCE}
  login: [{ fill: { text: '{password}' } }, { press: save }]
  signed out: Please log in
parameters: { page: { type: text }, text: { type: text } }
fields:
  text: { label: Text, name: text, css: 'input' }
  kind: { label: Kind, name: kind }
  save: { button: Save }
write:
  - open: '{page}'
  - fill: { text: '{text}' }
  - choose: { kind: '{text}' }
  - press: save
`;

const body = (extra = '', name = 'text', label = 'Text') =>
  `<form action="/done"><table><tr><td>${label}</td><td><input name="${name}" maxlength="10"></td></tr>
   <tr><td>Kind</td><td><select name="kind"><option>abc</option></select></td></tr></table>
   <input type="submit" value="Save"></form>${extra}`;

const PAGES: Record<string, string> = {
  '/': '<p>start</p>',
  '/done': '<p>done</p>',
  '/login': `<p>Please log in</p>${body()}`,
  '/good': body(),
  '/alert': body(`<script>setTimeout(() => alert('Wrong moon'), 30)</script>`),
  '/renamed': body('', 'renamed'),
  '/relabelled': body(`<p>Your password is ${PASSWORD}</p>`, 'renamed', 'Other'),
};

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path === '/done') response.setHeader('set-cookie', 'session=1; Path=/');
  if (path === '/' && !request.headers.cookie) response.writeHead(302, { location: '/login' }).end();
  else if (path === '/elsewhere') response.writeHead(302, { location: 'http://localhost.invalid/' }).end();
  else if (path === '/broken') response.writeHead(500, { 'content-type': 'text/html' }).end('<p>broken</p>');
  else if (path === '/latin') {
    response.writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' }).end(body());
  } else if (path in PAGES) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGES[path]);
  // Everything else is a page that never comes.
}

describe('a form on a page that misbehaves', () => {
  const runner = createFormRunner({ executablePath: process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium' });
  let server: Server;
  let url = '';
  beforeAll(async () => {
    server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await runner.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const run = (page: string, text = 'abc', signal?: AbortSignal) =>
    runner.run({
      form: loadForm(FORM, 'note.yaml'),
      target: { url, password: PASSWORD },
      key: page,
      values: { page, text },
      context: { signal },
    });
  const problemOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'written',
      (error: { problem?: { title?: string; detail?: string }; retryable?: boolean }) =>
        `${error.problem?.title} ${error.retryable} ${error.problem?.detail ?? 'no problem'}`,
    );

  it('is filled where all is well', async () => {
    expect(await run('/good')).toMatchObject({ outcome: 'written', drift: [] });
  });

  it('goes on when a field was renamed but two other ways agree, and reports it', async () => {
    expect((await run('/renamed')).drift).toEqual([{ field: 'text', lost: ['name'] }]);
  });

  it.each([
    ['/elsewhere', 'abc', /^authorization false .*localhost\.invalid/],
    ['/broken', 'abc', /^communication true .*500/],
    ['/never', 'abc', /^timeout true /],
    ['/alert', 'abc', /^runtime false .*Wrong moon/],
    ['/relabelled', 'abc', /^runtime false .*only css/],
    ['/good', 'xyz', /^unknown-option false .*xyz/],
    ['/good', 'much too long', /^value-too-long false .*keeps 10/],
    ['/latin', 'żółw', /^unencodable-value false .*"żłw"|^unencodable-value false .*żł/],
  ])('%s with %s is a named problem', async (page, text, expected) => {
    expect(await problemOf(run(page, text))).toMatch(expected);
  });

  it('shows an operator the page that is not as described: picture, source and trace, without the password', async () => {
    const error: unknown = await run('/relabelled').catch((caught: unknown) => caught);
    if (!(error instanceof FormProblem)) throw error;
    const evidence = new Map(error.evidence.map(({ name, bytes }) => [name, Buffer.from(bytes)]));
    expect([...evidence.keys()]).toEqual(['failure.png', 'failure-1.html.txt', 'failure-trace.zip']);
    expect(evidence.get('failure-1.html.txt')?.toString()).toContain('renamed');
    const trace = await JSZip.loadAsync(evidence.get('failure-trace.zip') ?? '');
    const parts = await Promise.all(Object.values(trace.files).map((part) => part.async('string')));
    expect(parts.join()).toContain('/relabelled');
    expect(parts.join()).not.toContain(PASSWORD);
  });

  it('says that a target is down, and that it is tried again by itself', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const target = { url: `http://127.0.0.1:${port}` };
    const form = loadForm(FORM, 'note.yaml');
    const failing = runner.run({ form, target, key: 'k', values: { page: '/', text: 'a' }, context: {} });
    expect(await problemOf(failing)).toMatch(/^communication true http:\/\/127\.0\.0\.1:\d+\/ does not answer/);
  });

  it('stops at once when it is cancelled', async () => {
    const start = Date.now();
    expect(await problemOf(run('/never', 'abc', AbortSignal.timeout(800)))).toMatch(/^timeout/);
    expect(Date.now() - start).toBeLessThan(PATIENCE * 1000);
  });

  it('says how to mend a missing browser', async () => {
    const lost = createFormRunner({ executablePath: '/nowhere/chromium' });
    const form = loadForm(FORM, 'note.yaml');
    const context = {};
    const failing = lost.run({ form, target: { url }, key: 'k', values: { page: '/', text: 'a' }, context });
    expect(await problemOf(failing)).toMatch(/^configuration false .*apt-get install chromium/);
    await lost.close();
  });
});
