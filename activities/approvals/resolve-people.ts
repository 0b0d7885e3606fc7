import { businessException } from '../../core/model/problem.ts';
import type { Person, Settings } from '../../core/settings/settings.ts';

type People = Pick<Settings, 'people' | 'roles'>;

/** Mail addresses of people and roles, each once, in order. A role that nobody has stops the run with its name. */
export function resolvePeople(names: readonly string[], settings: People): string[] {
  const emails = names.flatMap((name) => (name.includes('@') ? [name] : membersOf(name, settings)));
  return [...new Map(emails.map((email) => [email.toLowerCase(), email])).values()];
}

/** A person as the settings know them; someone else by their address alone, in English. */
export function personOfEmail(email: string, settings: People): Person {
  const known = settings.people.find((person) => person.email.toLowerCase() === email.toLowerCase());
  return known ?? { name: email, email, language: 'en' };
}

function membersOf(role: string, settings: People): string[] {
  const members = Object.hasOwn(settings.roles, role) ? settings.roles[role] : undefined;
  if (members && members.length > 0) return members;
  throw businessException(
    'nobody-in-role',
    `nobody has the role "${role}": add it with mail addresses under "roles" in zaplecze.yaml`,
  );
}
