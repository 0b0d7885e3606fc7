import type { Command } from 'commander';
import type { Io } from './io.ts';

/** The group `zaplecze form`: what an author does with form files. */
export function forms(root: Command, io: Io, exit: (code: Promise<number>) => Promise<void>): void {
  const form = root.command('form').description('form files: how a bot fills one form of one application');
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
