import type { Command } from 'commander';
import type { Io } from './io.ts';
import { examples, exit } from './program-parts.ts';

/** Commands about what an installation keeps. */
export function kept(root: Command, io: Io): void {
  root
    .command('backup')
    .argument('<file>', 'file to write')
    .description('backs up this installation while it runs: definitions, store, documents, runs')
    .option('--keys <file>', 'file for keys and secrets; by default, <file>.keys')
    .addHelpText('after', examples('backup /backups/monday.zaplecze --keys /safe/monday.keys'))
    .action(async (file: string, options) => exit((await import('./commands/backup.ts')).backup(file, options, io)));
  root
    .command('restore')
    .argument('<file>', 'file that "backup" wrote')
    .description('restores a backup into an empty folder, from which the runs continue')
    .requiredOption('--home <folder>', 'state folder, absent or empty')
    .option('--keys <file>', 'keys and secrets of the backup; by default, <file>.keys')
    .addHelpText('after', examples('restore /backups/monday.zaplecze --home /var/lib/zaplecze'))
    .action(async (file: string, options) => exit((await import('./commands/backup.ts')).restore(file, options, io)));
}
