import type { Command } from 'commander';
import type { Io } from './io.ts';

const SETTINGS = 'zaplecze.yaml';
type Exit = (code: Promise<number>) => Promise<void>;

/** The group `zaplecze form`: what an author does with form files. */
export function forms(root: Command, io: Io, exit: Exit): void {
  const form = root.command('form').description('form files: how a bot fills one form of one application');
  checkAndRun(form, io, exit);
  form
    .command('record')
    .argument('<url>', 'address at which a person begins, with the login')
    .description('opens a browser, watches you do the job once, and writes the form file for it')
    .requiredOption('--example <file>', 'the record that you will enter, as YAML or JSON; every value another')
    .requiredOption('--out <file>', 'the form file to write')
    .requiredOption('--user <name>', 'user that you log in as; no password is kept')
    .option('--target <name>', 'name of the target in the settings', 'target')
    .option('--title <text>', 'what the form does, in a few words')
    .option('--key <name>', 'value of the example by which the record is told', 'number')
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
    .description('checks a form file, then visits its target read-only: which fields are still found?')
    .option('--settings <file>', 'settings file, where the target is', SETTINGS)
    .option('--target <name>', 'name of the target in the settings; without it, the one the form names')
    .option('--offline', 'only the file, without a visit')
    .option('--out <folder>', 'pictures of the visit')
    .option('--json', 'result as JSON')
    .addHelpText('after', '\nExample:\n  $ zaplecze form check forms/post-invoice.yaml')
    .action(async (file: string, options) => exit((await import('./commands/form-check.ts')).check(file, options, io)));
  form
    .command('run')
    .argument('<form>', 'form file')
    .description('fills one form: looks, writes once, reads back')
    .requiredOption('--data <file>', 'values by name, as YAML or JSON')
    .option('--settings <file>', 'settings file, where the target is', SETTINGS)
    .option('--target <name>', 'name of the target in the settings; without it, the one the form names')
    .option('--key <key>', 'what identifies the record; without it, all values')
    .option('--dry-run', 'fills everything and stops before the effect')
    .option('--watch', 'shows the browser, and lets you look, correct or press there before the effect')
    .option('--out <folder>', 'pictures, and what was seen where it failed')
    .option('--json', 'result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ zaplecze form run forms/post-invoice.yaml --data invoice.yaml --dry-run --out pictures',
    )
    .action(async (file: string, options) => exit((await import('./commands/form-run.ts')).run(file, options, io)));
}
