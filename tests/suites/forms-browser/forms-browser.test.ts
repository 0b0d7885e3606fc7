import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormRunner } from '../../../bots/forms/index.ts';
import { loadForm } from '../../../core/forms/load.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const FORM = `form: note
title: Note
effect: none
target: { name: page, start: /, patience: 40, login: [{ press: open }], signed out: Log in }
parameters: {}
fields:
  open: { button: Look up, css: '#open' }
  pick: { button: Take it, css: '#pick' }
  text: { label: Supplier, name: supplier }
write:
  - press: open
  - press: pick
  - read: { supplier: text }
  - check: { text: Drukarnia }
`;

/** Opens its look-up window by script, half a second after the click: what a popup blocker keeps shut. */
const PAGES: Record<string, string> = {
  '/hangs': '<p>Busy for ever</p><script>for (;;);</script>',
  '/': `<label>Supplier <input name="supplier"></label>
    <button id="open" type="button" onclick="setTimeout(() => { if (!window.open('/look-up')) alert('Allow pop-ups') }, 500)">Look up</button>`,
  '/look-up': `<button id="pick" onclick="opener.document.forms; opener.document.querySelector('input').value = 'Drukarnia'; close()">Take it</button>`,
};

/** Processes that have this on their command line, as the kernel tells them; of our own children only. */
async function browsersOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    const status = read(`/proc/${pid}/status`);
    return status.includes(`\nPPid:\t${parent}\n`) && read(`/proc/${pid}/cmdline`).includes('--remote-debugging-pipe');
  });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

describe.skipIf(process.platform !== 'linux')('a browser', () => {
  const executablePath = process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium';
  const runner = createFormRunner({ executablePath });
  let server: Server;
  let url = '';
  /** Called when the page asks for its look-up window. */
  let onLookUp: () => void = () => undefined;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/look-up') onLookUp();
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGES[request.url ?? '/'] ?? '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await runner.close();
    server.closeAllConnections();
    server.close();
  });
  const run = () =>
    runner.run({ form: loadForm(FORM, 'note.yaml'), target: { url }, key: 'k', values: {}, context: {} });

  it('blocks no window that the page opens by itself', async () => {
    expect(await run()).toMatchObject({ outcome: 'written' });
  });

  it('is not kept by a page whose script never ends', async () => {
    const form = loadForm(
      FORM.replace('patience: 40', 'patience: 3').replace('write:', 'write:\n  - open: /hangs'),
      'n.yaml',
    );
    await expect(runner.run({ form, target: { url }, key: 'k', values: {}, context: {} })).rejects.toMatchObject({
      retryable: true,
      problem: { title: 'timeout', detail: expect.stringMatching(/opening \/hangs did not end within 3 s/) },
    });
    expect(await run()).toMatchObject({ outcome: 'written' });
  });

  it('that hangs is ended long before the limit of a form, said so, and started anew', async () => {
    const hung: number[] = [];
    const [browser] = await browsersOf(process.pid);
    if (browser === undefined) throw new Error('no browser runs');
    onLookUp = () => {
      hung.push(browser);
      process.kill(browser, 'SIGSTOP');
      onLookUp = () => undefined;
    };
    await expect(run()).rejects.toMatchObject({
      retryable: true,
      problem: { title: 'timeout', detail: expect.stringMatching(/the browser was silent for 20 s and was ended/) },
    });
    expect(hung).toEqual([browser]);
    expect(read(`/proc/${browser}/cmdline`)).toBe('');
    expect(await run()).toMatchObject({ outcome: 'written' });
  });

  it('of a process that was killed leaves nothing behind once another one has started', async () => {
    const profile = await tempFolder('playwright_chromiumdev_profile');
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('exit', resolve));
    const left = join(tmpdir(), `zaplecze-browser-${gone.pid}-1`);
    await mkdir(left, { recursive: true });
    await writeFile(join(left, `${gone.pid}.json`), JSON.stringify({ profile }));
    const other = createFormRunner({ executablePath });
    await other.visit({ form: loadForm(FORM, 'note.yaml'), target: { url }, key: 'k', values: {}, context: {} });
    await other.close();
    const there = await readdir(tmpdir());
    expect(there.filter((name) => left.endsWith(name) || profile.endsWith(name))).toEqual([]);
  });
});
