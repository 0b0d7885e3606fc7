import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseOf, endLeftover, noteServer } from './leftover.ts';

/** A process that stays until it is ended, with these words in its command line. */
function bystander(...words: string[]) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', ...words], { stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_code, signal) => done(signal)));
  return { child, ended };
}

describe.skipIf(process.platform === 'win32')('endLeftover', () => {
  let home = '';
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'zaplecze-leftover-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  it('should end a server that outlived its parent', async () => {
    const server = bystander('--db-filename', databaseOf(home));
    noteServer(home, server.child.pid);
    expect(await endLeftover(home)).toBe(server.child.pid);
    expect(await server.ended).toBe('SIGTERM');
    expect(existsSync(join(home, 'temporal.pid'))).toBe(false);
  });

  it('should leave a process alone that only has its number now', async () => {
    const other = bystander('--db-filename', '/another/temporal.db');
    noteServer(home, other.child.pid);
    expect(await endLeftover(home)).toBeUndefined();
    expect(other.child.exitCode ?? other.child.signalCode).toBeNull();
    other.child.kill();
    await other.ended;
  });

  it('should do nothing where no server was noted, or the note is no number', async () => {
    expect(await endLeftover(home)).toBeUndefined();
    noteServer(home, -1);
    expect(await endLeftover(home)).toBeUndefined();
  });
});
