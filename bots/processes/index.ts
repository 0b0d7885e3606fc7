import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applicationException } from '../../core/model/problem.ts';
import { type Bounds, type Command, type ProcessResult, runCommand, startCommand } from './command.ts';

export type { Bounds, ProcessResult } from './command.ts';

type Given = {
  arguments?: readonly string[] | undefined;
  environment?: Readonly<Record<string, string>> | undefined;
  stdin?: string | undefined;
};

/** DSL "Shell Process": a command for the system's shell, arguments as `$1`, `$2` … */
export type Shell = Given & { command: string };
/** DSL "Script Process", its source read. */
export type Script = Given & { language: string; code: string };

/** Languages of the DSL: the program, and the name of the file that makes it read what the DSL means (ES modules). */
const LANGUAGES: Record<string, { file: string; name: string }> = {
  js: { file: process.execPath, name: 'script.mjs' },
  python: { file: 'python3', name: 'script.py' },
};

/** `false`: the process is started and left to itself. */
export type Awaited = { awaits: boolean };

/** Runs a shell command in a fresh folder, which is gone afterwards. */
export function runShell(shell: Shell, bounds: Bounds & Awaited): Promise<ProcessResult | undefined> {
  return inFolder(bounds, (folder) =>
    Promise.resolve({
      file: '/bin/sh',
      args: ['-c', shell.command, 'sh', ...(shell.arguments ?? [])],
      ...common(shell, folder),
    }),
  );
}

/** Runs a script in a fresh folder, which is gone afterwards. */
export function runScript(script: Script, bounds: Bounds & Awaited): Promise<ProcessResult | undefined> {
  const language = Object.hasOwn(LANGUAGES, script.language) ? LANGUAGES[script.language] : undefined;
  if (!language) {
    const known = Object.keys(LANGUAGES).join(' and ');
    throw applicationException('configuration', `scripts may be ${known}, not ${script.language}: use a container`);
  }
  return inFolder(bounds, async (folder) => {
    const path = join(folder, language.name);
    await writeFile(path, script.code);
    return { file: language.file, args: [path, ...(script.arguments ?? [])], ...common(script, folder) };
  });
}

function common({ environment, stdin }: Given, folder: string) {
  return { ...(environment && { env: environment }), stdin, folder };
}

async function inFolder(
  { awaits, ...bounds }: Bounds & Awaited,
  prepare: (folder: string) => Promise<Command>,
): Promise<ProcessResult | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'zaplecze-process-'));
  const clear = () => rm(folder, { recursive: true, force: true });
  if (awaits) {
    try {
      return await runCommand(await prepare(folder), bounds);
    } finally {
      await clear();
    }
  }
  const { ended } = await startCommand(await prepare(folder), bounds);
  void ended.then(clear);
  return undefined;
}
