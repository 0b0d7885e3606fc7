import type { Role } from '../../core/model/access.ts';
import type { Language, Settings } from '../../core/settings/settings.ts';
import type { UserRow, Users } from '../../store/users.ts';

/** Someone who may use the pages. `email` in small letters. */
export type Person = {
  email: string;
  name: string;
  language: Language;
  roles: readonly Role[];
  departments?: readonly string[] | undefined;
};

/** Finds who may use the pages under an address. */
export type FindPerson = (email: string) => Promise<Person | undefined>;

/**
 * People with roles are in the store; those whom the settings name as approvers need no entry there. One whose rights
 * were taken away has none, whatever the settings say.
 */
export function createPeople(users: Pick<Users, 'find'>, settings: Settings): FindPerson {
  return async (given) => {
    const email = given.trim().toLowerCase();
    const user = await users.find(email);
    if (user) {
      if (user.removed_at !== null) return undefined;
      const { name, language, roles } = user;
      return { email, name, language, roles, departments: departmentsOf(user) };
    }
    const person = settings.people.find((candidate) => candidate.email.toLowerCase() === email);
    if (person) return { email, name: person.name, language: person.language, roles: ['approver'] };
    return maySubmit(email, settings)
      ? { email, name: email, language: settings.forms.language, roles: [] }
      : undefined;
  };
}

/** Departments that a person is author for; undefined stands for all. An administrator is bound to none. */
function departmentsOf({ roles, departments }: Pick<UserRow, 'roles' | 'departments'>): readonly string[] | undefined {
  return roles.includes('admin') ? undefined : (departments ?? undefined);
}

/** Someone with no role, who only hands in forms: by their address, or by its domain. */
function maySubmit(email: string, { forms }: Settings): boolean {
  return forms.addresses.includes(email) || forms.domains.includes(email.split('@').at(-1) ?? '');
}

/** True where the person has one of the roles. An administrator has all. */
export function may(person: Pick<Person, 'roles'>, ...roles: Role[]): boolean {
  return person.roles.includes('admin') || roles.some((role) => person.roles.includes(role));
}
