import type { Command } from 'commander';
import type { Io } from './io.ts';

/** The commands of `zaplecze queue`. */
export function queues(root: Command, io: Io, exit: (code: Promise<number>) => Promise<void>): void {
  const queue = root.command('queue').description('the work waiting for each target, which is done one item at a time');
  queue
    .command('list', { isDefault: true })
    .description('lists the queues')
    .option('--json', 'list as JSON')
    .action(async (options) => exit((await import('./commands/queue.ts')).list(options, io)));
  queue
    .command('show')
    .argument('<name>', 'name of the target, or ledger-NAME')
    .description('shows waiting items in the order in which they will be done')
    .option('--json', 'queue as JSON')
    .action(async (name: string, options) => exit((await import('./commands/queue.ts')).show(name, options, io)));
  for (const [verb, about] of [
    ['pause', 'pauses the queue: the current item is finished, no other is started'],
    ['resume', 'resumes a paused queue'],
    ['retry', 'retries waiting items now instead of at their next scheduled attempt'],
  ] as const) {
    const command = queue
      .command(verb)
      .argument('<name>')
      .description(about)
      .option('--json', 'result as JSON')
      .action(async (name: string, options) =>
        exit((await import('./commands/queue.ts')).act(verb, name, options, io)),
      );
    if (verb === 'pause') command.option('--reason <text>', 'reason, shown to other operators');
    if (verb === 'retry') command.option('--item <id>', 'retry only this item');
  }
}
