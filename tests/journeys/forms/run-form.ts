import { readFileSync } from 'node:fs';
import { createFormRunner } from '../../../bots/forms/index.ts';
import { loadForm } from '../../../core/forms/load.ts';

/** Runs one form in a process of its own and dies by SIGKILL right after the press that cannot be taken back. */
type Job = { file: string; url: string; sessionDir: string; values: Record<string, unknown>; dieAfterMs: number };

const job = JSON.parse(process.argv[2] ?? '{}') as Job;
const runner = createFormRunner({
  executablePath: process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium',
  sessionDir: job.sessionDir,
});
const die = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, job.dieAfterMs));
  process.kill(process.pid, 'SIGKILL');
};
await runner.run({
  form: loadForm(readFileSync(job.file, 'utf8'), job.file),
  target: { url: job.url, user: 'bot@demo', password: 'bot-pw' },
  key: String(job.values['number']),
  values: job.values,
  context: { afterEffect: die },
});
