import type { Command } from 'commander';
import type { Io } from './io.ts';

/** The commands of `zaplecze queue`. */
export function queues(root: Command, io: Io, exit: (code: Promise<number>) => Promise<void>): void {
  const queue = root
    .command('queue')
    .description('the work that waits for each target: one user, one session, one thing at a time');
  queue
    .command('list', { isDefault: true })
    .description('lists the queues')
    .option('--json', 'list as JSON')
    .action(async (options) => exit((await import('./commands/queue.ts')).list(options, io)));
  queue
    .command('show')
    .argument('<name>', 'name of the target, or ledger-NAME')
    .description('shows what waits, in the order in which it will be done')
    .option('--json', 'queue as JSON')
    .action(async (name: string, options) => exit((await import('./commands/queue.ts')).show(name, options, io)));
  for (const [verb, about] of [
    ['pause', 'lets what is under way end and starts nothing more'],
    ['resume', 'goes on'],
    ['retry', 'tries at once what waits for its next attempt'],
  ] as const) {
    const command = queue
      .command(verb)
      .argument('<name>')
      .description(about)
      .option('--json', 'result as JSON')
      .action(async (name: string, options) =>
        exit((await import('./commands/queue.ts')).act(verb, name, options, io)),
      );
    if (verb === 'pause') command.option('--reason <text>', 'why; the others see it');
    if (verb === 'retry') command.option('--item <id>', 'only this one');
  }
}
