import { Command } from 'commander';
import packageFile from '../package.json' with { type: 'json' };
import { forms } from './form-program.ts';
import { access } from './program-access.ts';
import { deployed } from './program-deploy.ts';
import { examples, exit } from './program-parts.ts';
import type { Io } from './io.ts';
import { kept } from './kept-program.ts';
import { queues } from './queue-program.ts';

const SETTINGS = 'zaplecze.yaml';
const RUN = 'id of the run, or enough of its beginning to be unique';

/** The command `zaplecze`. Commands are loaded when they are called: help is there at once. */
export function program(io: Io): Command {
  const root = new Command('zaplecze')
    .version(packageFile.version, '--version', 'prints the version')
    .description('Back-office automation: deploy definitions, watch runs and help bots that are stuck.')
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .showHelpAfterError('See zaplecze --help.')
    // Throws instead of ending the process: the exit codes are ours (main.ts).
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 success, 1 failure or findings, 2 wrong usage, 3 installation not reachable.',
    );
  authors(root, io);
  forms(root, io, exit);
  operators(root, io);
  queues(root, io, exit);
  installations(root, io);
  deployed(root, io);
  access(root, io);
  return root;
}

function authors(root: Command, io: Io): void {
  root
    .command('check')
    .argument('<paths...>', 'folders or files of definitions')
    .description('checks definitions without running anything')
    .option('--settings <file>', 'settings file, to check that named people, mailboxes, ledgers and targets exist')
    .option('--uses', 'also list what each definition uses that departments own')
    .option('--json', 'findings and uses as JSON')
    .option('--sarif', 'findings as SARIF, for code scanners')
    .addHelpText('after', examples('check definitions', 'check definitions/finance/supplier-invoices --json'))
    .action(async (paths: string[], options) =>
      exit((await import('./commands/check.ts')).runCheck(paths, options, io)),
    );
  root
    .command('test')
    .argument('<paths...>', 'folders of definitions')
    .description('tests the cases of definitions (cases/*.yaml) without making any outside call')
    .option('--json', 'results as JSON')
    .addHelpText('after', examples('test definitions', 'test definitions/finance/supplier-invoices'))
    .action(async (paths: string[], options) => exit((await import('./commands/test.ts')).test(paths, options, io)));
  root
    .command('run')
    .argument('<file>', 'a definition, or its folder')
    .description('runs a definition once, with real calls, in a temporary installation')
    .option('--input <json>', 'input as JSON, or @file')
    .option('--settings <file>', 'settings file with mailboxes, targets, ledgers and people')
    .option('--simulate', 'makes no calls: shows each call and answers it with a minimal valid result')
    .option('--answers <file>', 'makes no calls: answers them from this YAML file, as in a case')
    .option('--json', 'output, tasks and calls as JSON')
    .addHelpText('after', examples(`run hello.yaml --input '{"name":"Anna"}'`, 'run hello.yaml --simulate'))
    .action(async (file: string, options) => exit((await import('./commands/run.ts')).run(file, options, io)));
  root
    .command('schema')
    .description('prints the JSON Schema of the language and all functions, for editors')
    .option('--form', 'print the schema of form files instead')
    .option('--fields', 'print the schema of fields files instead')
    .action(async (options) => exit((await import('./commands/schema.ts')).runSchema(options, io)));
  root
    .command('functions')
    .description('prints the reference page of all functions')
    .action(async () => io.out((await import('./reference.ts')).functionsPage()));
  root
    .command('read')
    .argument('<files...>', 'documents, or one folder')
    .description('reads documents and prints what was read')
    .option('--json', 'complete result as JSON')
    .option('--out <folder>', 'write one JSON file per document')
    .option('--second-reader', 'ask the second reader where the first is unsure (npm run setup -- second-reader)')
    .option('--boxes <png>', 'mark on the page images where each value was read: page.png, page-2.png …')
    .option('--password <secret>', 'name of the secret that opens encrypted PDFs')
    .addHelpText('after', examples('read invoice.pdf', 'read scans --out readings', 'read scan.jpg --boxes page.png'))
    .action(async (files: string[], options) => exit((await import('./commands/read.ts')).runRead(files, options, io)));
  root
    .command('jq')
    .description('evaluates a jq expression as definitions do; see the jq manual')
    .argument('[arguments...]', 'the same as for jq')
    .allowUnknownOption()
    .helpOption(false)
    .addHelpText('after', examples(`jq '.invoice.totals.gross' < reading.json`))
    .action(async (args: string[]) => exit((await import('./commands/jq.ts')).runJq(args, io)));
  root
    .command('deploy')
    .argument('<paths...>', 'folders of definitions')
    .description('checks definitions and deploys each as an immutable version')
    .option('--json', 'result as JSON')
    .addHelpText('after', examples('deploy definitions/finance/supplier-invoices'))
    .action(async (paths: string[], options) =>
      exit((await import('./commands/deploy.ts')).deploy(paths, options, io)),
    );
}

function operators(root: Command, io: Io): void {
  root
    .command('migrate')
    .argument('<definition>', 'namespace/name')
    .description('moves parked runs of older versions to the newest version')
    .option('--to <version>', 'target version; by default, the latest deployed')
    .option('--run <run...>', 'move only these runs')
    .option('--waiting', 'also move runs that wait for an event or a time')
    .option('--json', 'result as JSON')
    .addHelpText('after', examples('migrate finance/supplier-invoices'))
    .action(async (name: string, options) => exit((await import('./commands/deploy.ts')).migrate(name, options, io)));
  root
    .command('start')
    .argument('<definition>', 'namespace/name')
    .description('starts a run')
    .option('--input <json>', 'input as JSON, or @file')
    .option('--key <key>', 'business key: the same key never starts two runs')
    .option('--use <version>', 'version of the definition; by default, the latest deployed')
    .option('--json', 'result as JSON')
    .addHelpText('after', examples(`start finance/supplier-invoices --input @mail.json --key 'mail-1'`))
    .action(async (name: string, options) => exit((await import('./commands/runs.ts')).start(name, options, io)));
  root
    .command('runs')
    .description('lists the newest runs')
    .option('--json', 'list as JSON')
    .addHelpText('after', examples('runs'))
    .action(async (options) => exit((await import('./commands/runs.ts')).runs(options, io)));
  root
    .command('show')
    .argument('<run>', RUN)
    .description('shows one run: its tasks, what it is waiting for and what failed')
    .option('--json', 'run as JSON')
    .addHelpText('after', examples('show finance.supplier-invoices:0d5f'))
    .action(async (run: string, options) => exit((await import('./commands/runs.ts')).show(run, options, io)));
  const output = ['--output <json>', 'output of the task'] as const;
  for (const [act, about, ...flags] of [
    ['retry', 'retries the failed task of a parked run', ['--with <json>', 'changed arguments of the task']],
    ['skip', 'continues a parked run with the task after the failed one', output],
    [
      'confirm',
      'states that what a parked run could not confirm has been done',
      ['--record <number>', 'number that the other system assigned'],
      output,
    ],
    ['none', 'states that it was not done: the bot looks once more, then does it again'],
    ['end', 'ends a parked run', ['--reason <text>', 'why it ends']],
  ] as const) {
    const command = root
      .command(act)
      .argument('<run>', RUN)
      .description(about)
      .option('--incident <id>', 'the incident, if the run is parked at several tasks');
    for (const [flag, meaning] of flags) command.option(flag, meaning);
    command
      .option('--json', 'result as JSON')
      .addHelpText('after', examples(`${act} finance.supplier-invoices:0d5f`, `${act} 0d5f`))
      .action(async (run: string, options) =>
        exit((await import('./commands/runs.ts')).operate(act, run, options, io)),
      );
  }
  for (const [act, about] of [
    ['suspend', 'suspends a run: no further task starts'],
    ['resume', 'resumes a suspended run'],
    ['cancel', 'cancels a run and stops its current tasks'],
  ] as const) {
    root
      .command(act)
      .argument('<run>', RUN)
      .description(about)
      .option('--reason <text>', 'reason, for the audit trail')
      .option('--json', 'result as JSON')
      .addHelpText('after', examples(`${act} finance.supplier-invoices:0d5f`))
      .action(async (run: string, options) =>
        exit((await import('./commands/runs.ts')).control(act, run, options, io)),
      );
  }
}

function installations(root: Command, io: Io): void {
  root
    .command('up')
    .description('starts the complete system on this machine')
    .option('--settings <file>', 'settings file', SETTINGS)
    .option('--temporal-port <port>', 'port of the embedded Temporal server')
    .option('--ui <port>', 'serve the Temporal UI on this port')
    .addHelpText('after', examples('up --settings zaplecze.yaml'))
    .action(async (options) => exit((await import('./commands/up.ts')).up(options, io)));
  root
    .command('doctor')
    .description('checks that everything needed is in place, and says how to fix what is not')
    .option(
      '--settings <file>',
      `settings file, to check its secrets and connections; by default, ${SETTINGS} in this folder`,
    )
    .option('--json', 'checks as JSON')
    .action(async (options) => exit((await import('./commands/doctor.ts')).doctor(options, io)));
  kept(root, io);
  root
    .command('worker')
    .argument('<capabilities...>', 'engine, documents, browser, mail')
    .description('production: runs workers against TEMPORAL_ADDRESS and DATABASE_URL')
    .option('--settings <file>', 'settings file', SETTINGS)
    .option(
      '--search-attributes',
      'use the search attributes ZapleczeState and ZapleczeDefinition, which must be registered',
    )
    .action(async (names: string[], options) =>
      exit((await import('./commands/production.ts')).worker(names, options, io)),
    );
  root
    .command('serve')
    .description('production: runs the approval pages and the API')
    .option('--settings <file>', 'settings file', SETTINGS)
    .option(
      '--search-attributes',
      'use the search attributes ZapleczeState and ZapleczeDefinition, which must be registered',
    )
    .action(async (options) => exit((await import('./commands/production.ts')).serve(options, io)));
}
