import type { Command } from 'commander';
import type { Io } from './io.ts';
import { examples, exit } from './program-parts.ts';

/** Commands about who may do what, and about what they did. */
export function access(root: Command, io: Io): void {
  users(root, io);
  tokens(root, io);
  keys(root, io);
  audit(root, io);
  readings(root, io);
  mail(root, io);
}

function users(root: Command, io: Io): void {
  const group = root.command('users').description('people with roles: author, operator, approver, auditor, admin');
  group
    .command('list', { isDefault: true })
    .description('lists people and their roles')
    .option('--json', 'list as JSON')
    .action(async (options) => exit((await import('./commands/users.ts')).listUsers(options, io)));
  group
    .command('add')
    .argument('<email>')
    .description('adds a person, or changes what they may do')
    .requiredOption('--role <role...>', 'one or more roles')
    .option('--department <department...>', 'departments to which the role author applies; by default, all')
    .option('--name <name>', 'name; by default, the address')
    .option('--language <language>', 'pl or en', 'en')
    .addHelpText('after', examples('users add olga@firma.example --name "Olga Nowak" --role operator --language pl'))
    .action(async (email: string, options) => exit((await import('./commands/users.ts')).addUser(email, options, io)));
  group
    .command('authenticator')
    .argument('<email>')
    .description('creates a key for an authenticator app, for approvals above a limit, and shows it once')
    .option('--issuer <name>', 'name shown in the app', 'Zaplecze')
    .option('--replace', 'replace the person’s existing key')
    .action(async (email: string, options) =>
      exit((await import('./commands/authenticator.ts')).addAuthenticator(email, options, io)),
    );
  group
    .command('remove')
    .argument('<email>')
    .description('removes all roles of a person and ends their sessions')
    .action(async (email: string) => exit((await import('./commands/users.ts')).removeUser(email, io)));
}

function tokens(root: Command, io: Io): void {
  const group = root.command('tokens').description('bearer tokens for programs that use the API');
  group
    .command('list', { isDefault: true })
    .description('lists tokens, without their secrets')
    .option('--json', 'list as JSON')
    .action(async (options) => exit((await import('./commands/tokens.ts')).listTokens(options, io)));
  group
    .command('add')
    .argument('<name>', 'name of the program that uses the token')
    .description('creates a token and prints it once')
    .requiredOption('--scope <scope...>', 'what the token allows, for example runs:read')
    .option('--department <department...>', 'departments whose definitions it may deploy and start; by default, all')
    .option('--person <email>', 'person whose tasks the token may see and decide')
    .option('--days <days>', 'days until the token expires')
    .addHelpText('after', examples('tokens add reporting --scope runs:read audit:read --days 365'))
    .action(async (name: string, options) => exit((await import('./commands/tokens.ts')).addToken(name, options, io)));
  group
    .command('revoke')
    .argument('<id>')
    .description('revokes a token')
    .action(async (id: string) => exit((await import('./commands/tokens.ts')).revokeToken(id, io)));
}

function keys(root: Command, io: Io): void {
  const group = root.command('keys').description('keys that sign links and encrypt histories and files');
  group
    .command('list', { isDefault: true })
    .description('lists the ids and dates of the keys, never the keys themselves')
    .option('--json', 'list as JSON')
    .action(async (options) => exit((await import('./commands/keys.ts')).listKeys(options, io)));
  group
    .command('rotate')
    .description('creates a new key and uses it from now on; older links and histories still open')
    .action(async () => exit((await import('./commands/keys.ts')).rotateKeys(io)));
}

function audit(root: Command, io: Io): void {
  const group = root.command('audit').description('the hash-chained record of everything that people and bots did');
  group
    .command('verify')
    .description('verifies the chain and names the first broken entry (exit code 1)')
    .option('--file <export>', 'verify a JSON Lines export instead; needs no installation')
    .option('--head <seq:hash>', 'an earlier head, to prove that no entries have been cut off since then')
    .option('--json', 'result as JSON')
    .addHelpText('after', examples('audit verify', 'audit verify --file audit.jsonl'))
    .action(async (options) => exit((await import('./commands/audit.ts')).verify(options, io)));
  group
    .command('export')
    .description('prints the audit trail, oldest entry first')
    .option('--format <format>', 'jsonl or csv', 'jsonl')
    .option('--from <time>', 'only entries from this time on, ISO 8601')
    .option('--to <time>', 'only entries before this time, ISO 8601')
    .addHelpText(
      'after',
      examples('audit export > audit.jsonl', 'audit export --format csv --from 2026-11-01 --to 2026-12-01'),
    )
    .action(async (options) => exit((await import('./commands/audit.ts')).exportTrail(options, io)));
}

function readings(root: Command, io: Io): void {
  root
    .command('accuracy')
    .description('shows which fields people had to correct, and how confident the reader was')
    .option('--json', 'report as JSON')
    .addHelpText('after', examples('accuracy'))
    .action(async (options) => exit((await import('./commands/accuracy.ts')).accuracy(options, io)));
}

function mail(root: Command, io: Io): void {
  root
    .command('mail')
    .description(
      'shows every mail received and what became of it, compared with the mailboxes (exit code 1: these hold more)',
    )
    .option('--settings <file>', 'settings file with the mailboxes', 'zaplecze.yaml')
    .option('--json', 'report as JSON')
    .addHelpText('after', examples('mail', 'mail --settings zaplecze.yaml --json'))
    .action(async (options) => exit((await import('./commands/mail.ts')).mail(options, io)));
}
