import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import { createFormRunner } from '../../bots/forms/index.ts';
import { openWindow, recordForm, textOf } from '../../bots/forms/record/index.ts';
import type { Conversation, Phase, RecordRequest } from '../../bots/forms/record/index.ts';
import { ProblemError } from '../../core/model/problem.ts';
import { readData, UsageError } from '../input-file.ts';
import { EXIT, type Io } from '../io.ts';

export type RecordOptions = { example: string; out: string; user: string; target: string; title?: string; key: string };

/** What the person does in each part of the recording. */
const WORDS: Record<Phase, string> = {
  login: '1 of 5  Log in as usual.',
  search: '2 of 5  Search for the example record, so that the list shows that it is not there yet.',
  write: '3 of 5  Enter the example record. Stop before the button that books it.',
  commit: '4 of 5  Press the button that books it.',
  find: '5 of 5  Search for the record again, starting from the menu, so that the list shows it.',
};

const Example = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.array(z.record(z.string(), z.union([z.string(), z.number()])))]),
);

/** `zaplecze form record URL`: a person does the job once, a form file comes out, and the bot shows that it can look. */
export async function record(url: string, options: RecordOptions, io: Io): Promise<number> {
  if (!URL.canParse(url))
    throw new UsageError(`"${url}" is not a complete address. Write, for example, http://fk.local/`);
  const example = await readExample(options, io);
  if (!example) return EXIT.usage;
  const name = basename(options.out).replace(/\.ya?ml$/, '');
  const { target, user, key, title = name } = options;
  const request: RecordRequest = { url, form: name, title, target, user, key, example };
  const window = await openWindow({ executablePath: browserPath(), headless: false });
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const { text, form, password } = await recordForm(window.context, request, onTerminal(terminal));
    await writeFile(options.out, text);
    io.out(`${options.out} has been written. Please read it: lines with "?" need your attention.`);
    if (!form) {
      io.err(`The file is not complete yet. To see what is missing: zaplecze form check ${options.out} --offline`);
      return EXIT.notOk;
    }
    await window.close();
    return await prove({ form, target: { url, user, password }, values: example, key: textOf(example, key) }, io);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    io.err(error.message);
    return EXIT.notOk;
  } finally {
    terminal.close();
    await window.close();
  }
}

/** The bot looks for the record that the person has just entered: it must find it, and would not write it again. */
async function prove(
  look: Pick<Parameters<ReturnType<typeof createFormRunner>['run']>[0], 'form' | 'target' | 'values' | 'key'>,
  io: Io,
): Promise<number> {
  const runner = createFormRunner({ executablePath: browserPath() });
  try {
    const { outcome } = await runner.run({ ...look, context: {} });
    io.out(outcome === 'already-there' ? 'With this file, the bot finds your record.' : `The bot says: ${outcome}.`);
    return outcome === 'already-there' ? EXIT.ok : EXIT.notOk;
  } finally {
    await runner.close();
  }
}

function onTerminal(terminal: ReturnType<typeof createInterface>): Conversation {
  return {
    async ask(phase, _context, problem) {
      const again = problem === undefined ? '' : `${problem}.\n`;
      await terminal.question(`\n${again}${WORDS[phase]}\n        Then press Enter here. `);
    },
    async lasts(press, sent) {
      const answer = await terminal.question(
        `\n"${press}" sent something to the application (${sent}).\n        Did it save or book anything? y or n? [y] `,
      );
      return !answer.trim().toLowerCase().startsWith('n');
    },
    async dialog(message) {
      const answer = await terminal.question(`\nThe application asks: "${message}"\n        ok or cancel? [ok] `);
      return answer.trim() === 'cancel' ? 'cancel' : 'ok';
    },
  };
}

async function readExample({ example: file, key }: RecordOptions, io: Io) {
  const example = Example.safeParse(await readData(file));
  if (!example.success) io.err(`${file}: ${z.prettifyError(example.error)}\nWrite "name: value", with text in quotes.`);
  else if (!(key in example.data))
    io.err(`${file} has no "${key}"; use --key to name the value that identifies a record.`);
  else return example.data;
  return undefined;
}

const browserPath = (): string => process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
