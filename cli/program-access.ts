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
}

function users(root: Command, io: Io): void {
  const group = root.command('users').description('people with roles: author, operator, approver, auditor, admin');
  group
    .command('list', { isDefault: true })
    .description('lists people with roles')
    .option('--json', 'list as JSON')
    .action(async (options) => exit((await import('./commands/users.ts')).listUsers(options, io)));
  group
    .command('add')
    .argument('<email>')
    .description('adds a person, or changes what they may do')
    .requiredOption('--role <role...>', 'one role or several')
    .option('--name <name>', 'name; without it, the address')
    .option('--language <language>', 'pl or en', 'en')
    .addHelpText('after', examples('users add olga@firma.example --name "Olga Nowak" --role operator --language pl'))
    .action(async (email: string, options) => exit((await import('./commands/users.ts')).addUser(email, options, io)));
  group
    .command('authenticator')
    .argument('<email>')
    .description('makes a key for an authenticator app, for approvals above a limit, and shows it once')
    .option('--issuer <name>', 'what the app calls it', 'Zaplecze')
    .option('--replace', 'in place of the key that the person has')
    .action(async (email: string, options) =>
      exit((await import('./commands/authenticator.ts')).addAuthenticator(email, options, io)),
    );
  group
    .command('remove')
    .argument('<email>')
    .description('takes all rights of a person away and ends their sessions')
    .action(async (email: string) => exit((await import('./commands/users.ts')).removeUser(email, io)));
}

function tokens(root: Command, io: Io): void {
  const group = root.command('tokens').description('bearer tokens of programs that use the API');
  group
    .command('list', { isDefault: true })
    .description('lists tokens, without their secrets')
    .option('--json', 'list as JSON')
    .action(async (options) => exit((await import('./commands/tokens.ts')).listTokens(options, io)));
  group
    .command('add')
    .argument('<name>', 'which program it is for')
    .description('makes a token and prints it, once')
    .requiredOption('--scope <scope...>', 'what it allows, for example runs:read')
    .option('--person <email>', 'whose tasks it may see and decide')
    .option('--days <days>', 'how long it holds')
    .addHelpText('after', examples('tokens add reporting --scope runs:read audit:read --days 365'))
    .action(async (name: string, options) => exit((await import('./commands/tokens.ts')).addToken(name, options, io)));
  group
    .command('revoke')
    .argument('<id>')
    .description('ends a token')
    .action(async (id: string) => exit((await import('./commands/tokens.ts')).revokeToken(id, io)));
}

function keys(root: Command, io: Io): void {
  const group = root.command('keys').description('keys that sign links and encrypt histories and files');
  group
    .command('list', { isDefault: true })
    .description('lists ids and dates of the keys, never the keys')
    .option('--json', 'list as JSON')
    .action(async (options) => exit((await import('./commands/keys.ts')).listKeys(options, io)));
  group
    .command('rotate')
    .description('makes a fresh key and uses it from now on; older links and histories still open')
    .action(async () => exit((await import('./commands/keys.ts')).rotateKeys(io)));
}

function audit(root: Command, io: Io): void {
  const group = root.command('audit').description('the hash-chained trail of everything that people and bots did');
  group
    .command('verify')
    .description('walks the chain and names the first entry that does not hold (exit code 1)')
    .option('--file <export>', 'verifies an export in JSON lines instead, without the installation')
    .option('--head <seq:hash>', 'an earlier head that must still be in the trail')
    .option('--json', 'result as JSON')
    .addHelpText('after', examples('audit verify', 'audit verify --file audit.jsonl'))
    .action(async (options) => exit((await import('./commands/audit.ts')).verify(options, io)));
  group
    .command('export')
    .description('prints the trail, oldest first')
    .option('--format <format>', 'jsonl or csv', 'jsonl')
    .option('--from <time>', 'from this time on, ISO 8601')
    .option('--to <time>', 'before this time, ISO 8601')
    .addHelpText(
      'after',
      examples('audit export > audit.jsonl', 'audit export --format csv --from 2026-11-01 --to 2026-12-01'),
    )
    .action(async (options) => exit((await import('./commands/audit.ts')).exportTrail(options, io)));
}

function readings(root: Command, io: Io): void {
  root
    .command('accuracy')
    .description('tells which fields people had to correct, and how sure the reader had been of them')
    .option('--json', 'report as JSON')
    .addHelpText('after', examples('accuracy'))
    .action(async (options) => exit((await import('./commands/accuracy.ts')).accuracy(options, io)));
}
