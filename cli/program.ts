import { Command } from 'commander';
import { forms } from './form-program.ts';
import { access } from './program-access.ts';
import { examples, exit } from './program-parts.ts';
import type { Io } from './io.ts';
import { queues } from './queue-program.ts';

const SETTINGS = 'zaplecze.yaml';

/** The command `zaplecze`. Commands are loaded when they are called: help is there at once. */
export function program(io: Io): Command {
  const root = new Command('zaplecze')
    .description('Back-office automations: deploy definitions, watch runs, help bots that are stuck.')
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .showHelpAfterError('See zaplecze --help.')
    // Throws instead of ending the process: the exit codes are ours (main.ts).
    .exitOverride()
    .addHelpText('after', '\nExit codes: 0 in order, 1 not in order, 2 wrong usage, 3 installation not reachable.');
  authors(root, io);
  forms(root, io, exit);
  operators(root, io);
  queues(root, io, exit);
  installations(root, io);
  access(root, io);
  return root;
}

function authors(root: Command, io: Io): void {
  root
    .command('check')
    .argument('<paths...>', 'folders or files of definitions')
    .description('checks definitions without running anything')
    .option('--settings <file>', 'settings file: are its people, mailboxes, ledgers and targets those that are named?')
    .option('--json', 'findings as JSON')
    .option('--sarif', 'findings as SARIF, for code scanners')
    .addHelpText('after', examples('check definitions', 'check definitions/finance/supplier-invoices --json'))
    .action(async (paths: string[], options) =>
      exit((await import('./commands/check.ts')).runCheck(paths, options, io)),
    );
  root
    .command('test')
    .argument('<paths...>', 'folders of definitions')
    .description('rehearses the cases of definitions (cases/*.yaml); nothing outside is touched')
    .option('--json', 'results as JSON')
    .addHelpText('after', examples('test definitions', 'test definitions/finance/supplier-invoices'))
    .action(async (paths: string[], options) => exit((await import('./commands/test.ts')).test(paths, options, io)));
  root
    .command('run')
    .argument('<file>', 'a definition, or its folder')
    .description('runs a definition once, for real, in an installation of its own; or rehearses it')
    .option('--input <json>', 'input as JSON, or @file')
    .option('--settings <file>', 'settings file, for mailboxes, targets, ledgers and people')
    .option('--simulate', 'makes no call: shows each one, and answers it by the least that its function can give')
    .option('--answers <file>', 'makes no call: answers of functions (YAML), as in a case')
    .option('--json', 'output, tasks and calls as JSON')
    .addHelpText('after', examples(`run hello.yaml --input '{"name":"Anna"}'`, 'run hello.yaml --simulate'))
    .action(async (file: string, options) => exit((await import('./commands/run.ts')).run(file, options, io)));
  root
    .command('schema')
    .description('prints one JSON Schema of the language and our functions, for editors')
    .option('--form', 'the schema of form files instead')
    .action(async (options) => exit((await import('./commands/schema.ts')).runSchema(options, io)));
  root
    .command('functions')
    .description('prints the reference page of all functions')
    .action(async () => io.out((await import('./reference.ts')).functionsPage()));
  root
    .command('read')
    .argument('<files...>', 'documents, or one folder')
    .description('reads documents and prints what was read')
    .option('--json', 'the whole reading as JSON')
    .option('--out <folder>', 'writes one JSON file per document')
    .option('--second-reader', 'asks the second reader where the first is unsure (npm run setup -- second-reader)')
    .option('--boxes <png>', 'draws what was read where on the pages: page.png, page-2.png …')
    .option('--password <secret>', 'name of the secret that opens encrypted PDFs')
    .addHelpText('after', examples('read invoice.pdf', 'read scans --out readings', 'read scan.jpg --boxes page.png'))
    .action(async (files: string[], options) => exit((await import('./commands/read.ts')).runRead(files, options, io)));
  root
    .command('jq')
    .description('evaluates an expression as definitions do; see jq’s manual')
    .argument('[arguments...]', 'as jq takes them')
    .allowUnknownOption()
    .helpOption(false)
    .addHelpText('after', examples(`jq '.invoice.totals.gross' < reading.json`))
    .action(async (args: string[]) => exit((await import('./commands/jq.ts')).runJq(args, io)));
  root
    .command('deploy')
    .argument('<paths...>', 'folders of definitions')
    .description('checks definitions and makes each an immutable version')
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
    .option('--to <version>', 'another version than the one deployed last')
    .option('--run <run...>', 'only these runs')
    .option('--waiting', 'also runs that wait for an event or a time')
    .option('--json', 'result as JSON')
    .addHelpText('after', examples('migrate finance/supplier-invoices'))
    .action(async (name: string, options) => exit((await import('./commands/deploy.ts')).migrate(name, options, io)));
  root
    .command('start')
    .argument('<definition>', 'namespace/name')
    .description('starts a run')
    .option('--input <json>', 'input as JSON, or @file')
    .option('--key <key>', 'business key: the same key never starts two runs')
    .option('--use <version>', 'version of the definition; without it, the one deployed last')
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
    .argument('<run>')
    .description('shows one run: its tasks, what it waits for, what failed')
    .option('--json', 'run as JSON')
    .addHelpText('after', examples('show finance.supplier-invoices:0d5f…'))
    .action(async (run: string, options) => exit((await import('./commands/runs.ts')).show(run, options, io)));
  for (const [act, about] of [
    ['retry', 'tries the failed task of a parked run again'],
    ['skip', 'goes on behind the failed task of a parked run'],
    ['end', 'ends a parked run'],
  ] as const) {
    root
      .command(act)
      .argument('<run>')
      .description(about)
      .option('--incident <id>', 'which one, where a run is parked at several tasks')
      .option('--with <json>', 'retry: changed arguments of the task')
      .option('--output <json>', 'skip: output of the task')
      .option('--reason <text>', 'end: why')
      .option('--json', 'result as JSON')
      .addHelpText('after', examples(`${act} finance.supplier-invoices:0d5f…`))
      .action(async (run: string, options) =>
        exit((await import('./commands/runs.ts')).operate(act, run, options, io)),
      );
  }
  for (const [act, about] of [
    ['suspend', 'lets no further task of a run begin'],
    ['resume', 'lets a suspended run go on'],
    ['cancel', 'cancels a run: what is under way is stopped'],
  ] as const) {
    root
      .command(act)
      .argument('<run>')
      .description(about)
      .option('--reason <text>', 'why, for the audit trail')
      .option('--json', 'result as JSON')
      .addHelpText('after', examples(`${act} finance.supplier-invoices:0d5f…`))
      .action(async (run: string, options) =>
        exit((await import('./commands/runs.ts')).control(act, run, options, io)),
      );
  }
}

function installations(root: Command, io: Io): void {
  root
    .command('up')
    .description('starts everything on this machine')
    .option('--settings <file>', 'settings file', SETTINGS)
    .option('--temporal-port <port>', 'port of the embedded Temporal server')
    .option('--ui <port>', 'shows Temporal’s own pages on this port')
    .addHelpText('after', examples('up --settings zaplecze.yaml'))
    .action(async (options) => exit((await import('./commands/up.ts')).up(options, io)));
  root
    .command('doctor')
    .description('tells whether everything needed is there, and how to mend it')
    .option(
      '--settings <file>',
      `settings file: are its secrets set, and does what it names answer? Without it, ${SETTINGS} here`,
    )
    .option('--json', 'checks as JSON')
    .action(async (options) => exit((await import('./commands/doctor.ts')).doctor(options, io)));
  root
    .command('worker')
    .argument('<capabilities...>', 'engine, documents, browser, mail')
    .description('production: runs workers on TEMPORAL_ADDRESS and DATABASE_URL')
    .option('--settings <file>', 'settings file', SETTINGS)
    .option('--search-attributes', 'the namespace has ZapleczeState and ZapleczeDefinition registered')
    .action(async (names: string[], options) =>
      exit((await import('./commands/production.ts')).worker(names, options, io)),
    );
  root
    .command('serve')
    .description('production: runs the approval pages and the API')
    .option('--settings <file>', 'settings file', SETTINGS)
    .option('--search-attributes', 'the namespace has ZapleczeState and ZapleczeDefinition registered')
    .action(async (options) => exit((await import('./commands/production.ts')).serve(options, io)));
}
