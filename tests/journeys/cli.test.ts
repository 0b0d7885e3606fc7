import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../installation/embedded/ports.ts';

const run = promisify(execFile);
const MAIN = join(import.meta.dirname, '../../cli/main.ts');
const DEFINITION = `document: { dsl: 1.0.3, namespace: test, name: hello, version: 1.0.0 }
do:
  - greet:
      set: { text: '\${ "Hello " + .name }' }
  - read:
      call: document.read
      with:
        file: { id: 'sha256:${'0'.repeat(64)}', name: a.pdf, mediaType: application/pdf, size: 1 }
  - thank:
      set: { text: '\${ .text + ", thanks" }' }
`;

let dir: string;
let up: ChildProcess;
let output = '';

/** Runs `zaplecze …` against the installation; a command that ends with another code than 0 gives that code. */
async function zaplecze(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, ZAPLECZE_HOME: join(dir, 'home') };
  try {
    const { stdout, stderr } = await run(process.execPath, [MAIN, ...args], { cwd: dir, env });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((done) => setTimeout(done, 300));
  }
}

const show = async (id: string) => JSON.parse((await zaplecze('show', id, '--json')).out);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-cli-'));
  const port = await freePort();
  const settings = `company: { name: Test }
publicUrl: http://127.0.0.1:${port}
server: { port: ${port} }
smtp: { host: 127.0.0.1, port: 1, tls: none, from: a@b.example }
`;
  await writeFile(join(dir, 'zaplecze.yaml'), settings);
  await writeFile(join(dir, 'hello.yaml'), DEFINITION);
  up = spawn(process.execPath, [MAIN, 'up', '--temporal-port', String(await freePort())], {
    cwd: dir,
    env: { ...process.env, ZAPLECZE_HOME: join(dir, 'home') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [up.stdout, up.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  await until(() => {
    if (up.exitCode !== null) throw new Error(`zaplecze up ended:\n${output}`);
    return Promise.resolve(output.includes('is up') || undefined);
  });
});

afterAll(async () => {
  if (up.exitCode === null) up.kill('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

describe('the command line against an installation', () => {
  it('should refuse a broken definition with file, line, column and a way to mend', async () => {
    await writeFile(join(dir, 'broken.yaml'), DEFINITION.replace('document.read', 'document.raed'));
    const { code, err } = await zaplecze('deploy', 'broken.yaml');
    expect(code).toBe(1);
    expect(err).toMatch(/broken\.yaml:6:\d+ {2}error .*document\.raed/);
    expect(err).toContain('document.read');
  });

  it('should deploy, start, show, let an operator skip, and end', async () => {
    expect(await zaplecze('deploy', 'hello.yaml')).toMatchObject({ code: 0 });
    const started = JSON.parse(
      (await zaplecze('start', 'test/hello', '--input', '{"name":"Ewa"}', '--key', 'k', '--json')).out,
    );
    expect(started.started).toBe(true);
    const id: string = started.run;
    const parked = await until(async () => {
      const details = await show(id);
      return details.progress?.incidents.length > 0 ? details : undefined;
    });
    expect(parked.progress.incidents[0]).toMatchObject({ reference: '/do/1/read', problem: { status: 404 } });
    const told = await zaplecze('show', id);
    expect(told.out).toContain('parked at /do/1/read');
    expect(told.out).toContain(`zaplecze retry ${id}`);
    await until(async () => (new RegExp(`^parked .*${id}`, 'm').test((await zaplecze('runs')).out) ? true : undefined));
    expect(await zaplecze('skip', id, '--output', '{"text":"Skipped"}')).toMatchObject({ code: 0 });
    const done = await until(async () => ((await show(id)).status === 'completed' ? show(id) : undefined));
    expect(done.output).toEqual({ text: 'Skipped, thanks' });
    expect((await zaplecze('runs')).out).toContain(id);
  });

  it('should print where the first administrator is made, and keep people and tokens', async () => {
    expect(output).toMatch(/http:\/\/127\.0\.0\.1:\d+\/first\/s1\./);
    expect((await zaplecze('users', 'add', 'olga@x.example', '--role', 'boss')).code).toBe(2);
    const added = await zaplecze('users', 'add', 'Olga@x.example', '--name', 'Olga', '--role', 'admin', 'operator');
    expect(added).toMatchObject({ code: 0 });
    expect((await zaplecze('users')).out).toContain('olga@x.example  Olga  admin, operator');
    expect(await zaplecze('users', 'remove', 'olga@x.example')).toMatchObject({ code: 1 });
    const { out } = await zaplecze('tokens', 'add', 'reports', '--scope', 'audit:read');
    expect(out).toMatch(/^zpl_[\w-]{43}\n$/);
    const id = /^(\w+) +reports/m.exec((await zaplecze('tokens')).out)?.[1] ?? '';
    expect(await zaplecze('tokens', 'revoke', id)).toMatchObject({ code: 0 });
  });

  it('should verify the trail and its export, and name the entry that was changed', async () => {
    const whole = await zaplecze('audit', 'verify');
    expect(whole).toMatchObject({ code: 0, out: expect.stringMatching(/^intact: \d+ entries\nhead \d+:/) });
    const head = /head (\S+)/.exec(whole.out)?.[1] ?? '';
    expect(await zaplecze('audit', 'verify', '--head', head)).toMatchObject({ code: 0 });
    expect(await zaplecze('audit', 'verify', '--head', `1:${'0'.repeat(64)}`)).toMatchObject({ code: 1 });
    const { out } = await zaplecze('audit', 'export');
    const file = join(dir, 'audit.jsonl');
    await writeFile(file, out);
    expect(await zaplecze('audit', 'verify', '--file', file)).toMatchObject({ code: 0 });
    await writeFile(file, out.replace('"run.skip"', '"run.end"'));
    const broken = await zaplecze('audit', 'verify', '--file', file);
    expect(broken.code).toBe(1);
    expect(broken.err).toMatch(/^broken at entry \d+: its content has been changed/);
    const csv = (await zaplecze('audit', 'export', '--format', 'csv', '--from', '2020-01-01')).out;
    expect(csv).toMatch(/^seq,at,actor,action,run,details,previous,hash/);
  });

  it('should start nothing twice under one key', async () => {
    expect((await zaplecze('start', 'test/hello', '--key', 'k')).out).toContain('already exists');
  });

  it('should say how to mend what is not there', async () => {
    expect(await zaplecze('start', 'test/none')).toMatchObject({
      code: 1,
      err: expect.stringContaining('zaplecze deploy'),
    });
    expect(await zaplecze('show', 'none')).toMatchObject({ code: 1, err: expect.stringContaining('zaplecze runs') });
  });

  it('should refuse a second process on the same state', async () => {
    const { code, err } = await zaplecze('up');
    expect(code).toBe(1);
    expect(err).toMatch(/another zaplecze process uses .*ZAPLECZE_HOME/s);
  });

  it('should stop on Ctrl-C and then be out of reach', async () => {
    up.kill('SIGINT');
    const [code] = await once(up, 'exit');
    expect(code).toBe(0);
    expect(await readFile(join(dir, 'home', 'server.json'), 'utf8')).toContain('token');
    expect(await zaplecze('runs')).toMatchObject({ code: 3, err: expect.stringContaining('zaplecze up') });
  });
});
