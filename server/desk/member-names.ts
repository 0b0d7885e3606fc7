import type { Desk } from './context.ts';

/** Names of everyone who may use the pages, by address in small letters, in alphabetical order. */
export async function namesOf({ store, site }: Desk): Promise<ReadonlyMap<string, string>> {
  const users = await store.users.list();
  const gone = new Set(users.filter(({ removed_at }) => removed_at !== null).map(({ email }) => email));
  const names = new Map(site.settings.people.map(({ email, name }) => [email.toLowerCase(), name]));
  for (const { email, name } of users) names.set(email, name);
  return new Map([...names].filter(([email]) => !gone.has(email)).sort(([, a], [, b]) => a.localeCompare(b)));
}

/** Today in the company's time zone, ISO 8601 (the format of Swedish dates). */
export function today({ site }: Desk): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: site.settings.timeZone }).format(site.clock());
}
