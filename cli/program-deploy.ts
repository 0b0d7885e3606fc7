import type { Command } from 'commander';
import type { Io } from './io.ts';
import { examples, exit } from './program-parts.ts';

/** Commands about what is deployed, beside `deploy` itself. */
export function deployed(root: Command, io: Io): void {
  root
    .command('undeploy')
    .argument('<definition>', 'namespace/name')
    .description('takes a definition out of use: nothing starts it any more, runs in progress keep their version')
    .addHelpText('after', examples('undeploy finance/supplier-invoices'))
    .action(async (name: string) => exit((await import('./commands/deploy.ts')).undeploy(name, io)));
  const group = root
    .command('proposals')
    .description('definitions that wait for a second person before they are deployed');
  group
    .command('list', { isDefault: true })
    .description('lists what is proposed, and by whom')
    .option('--json', 'list as JSON')
    .action(async (options) => exit((await import('./commands/proposals.ts')).listProposals(options, io)));
  group
    .command('confirm')
    .argument('<id>')
    .description('deploys what somebody else has proposed')
    .action(async (id: string) => exit((await import('./commands/proposals.ts')).decideProposal(id, 'confirm', io)));
  group
    .command('reject')
    .argument('<id>')
    .description('rejects a proposal')
    .action(async (id: string) => exit((await import('./commands/proposals.ts')).decideProposal(id, 'reject', io)));
}
