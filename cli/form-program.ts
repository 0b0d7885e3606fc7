import type { Command } from 'commander';
import type { Io } from './io.ts';

const SETTINGS = 'zaplecze.yaml';
type Exit = (code: Promise<number>) => Promise<void>;

/** The group `zaplecze form`: what an author does with form files. */
export function forms(root: Command, io: Io, exit: Exit): void {
  const form = root.command('form').description('form files: they tell a bot how to fill one form of one application');
  checkAndRun(form, io, exit);
  form
    .command('record')
    .argument('<url>', 'address where a person starts, including the login page')
    .description('opens a browser, watches you do the job once and writes the form file')
    .requiredOption('--example <file>', 'the record you will enter, as YAML or JSON; every value must be different')
    .requiredOption('--out <file>', 'the form file to write')
    .requiredOption('--user <name>', 'user name you log in with; the password is not stored')
    .option('--target <name>', 'name of the target in the settings', 'target')
    .option('--title <text>', 'what the form does, in a few words')
    .option('--key <name>', 'name of the value that identifies the record', 'number')
    .addHelpText(
      'after',
      '\nExample:\n  $ zaplecze form record http://fk.local/ --example invoice.yaml --out forms/post-invoice.yaml --user bot',
    )
    .action(async (url: string, options) => exit((await import('./commands/form-record.ts')).record(url, options, io)));
}

function checkAndRun(form: Command, io: Io, exit: Exit): void {
  form
    .command('check')
    .argument('<form>', 'form file')
    .description('checks a form file, then visits its target read-only to see which fields are still found')
    .option('--settings <file>', 'settings file that names the target', SETTINGS)
    .option('--target <name>', 'name of the target in the settings; by default, the one the form names')
    .option('--offline', 'check only the file, without visiting the target')
    .option('--out <folder>', 'folder for screenshots of the visit')
    .option('--json', 'result as JSON')
    .addHelpText('after', '\nExample:\n  $ zaplecze form check forms/post-invoice.yaml')
    .action(async (file: string, options) => exit((await import('./commands/form-check.ts')).check(file, options, io)));
  form
    .command('run')
    .argument('<form>', 'form file')
    .description('fills one form: looks first, writes once and reads back')
    .requiredOption('--data <file>', 'values by name, as YAML or JSON')
    .option('--settings <file>', 'settings file that names the target', SETTINGS)
    .option('--target <name>', 'name of the target in the settings; by default, the one the form names')
    .option('--key <key>', 'key that identifies the record; by default, all values')
    .option('--dry-run', 'fill everything, but stop before saving')
    .option('--watch', 'show the browser, so that you can check, correct or save before the bot does')
    .option('--out <folder>', 'folder for screenshots and error evidence')
    .option('--json', 'result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ zaplecze form run forms/post-invoice.yaml --data invoice.yaml --dry-run --out pictures',
    )
    .action(async (file: string, options) => exit((await import('./commands/form-run.ts')).run(file, options, io)));
}
