import type { CallInfo } from '../model/call.ts';
import { applicationException } from '../model/problem.ts';

/**
 * A secret in workflow data: a mark that stands for it, so that no history, log or query ever holds the secret itself.
 * Activities put the secret in its place at the last moment. The mark carries a random token of the run: text that
 * comes from outside (a mail that says "{{secret:…}}") cannot know it, and so cannot ask for a secret.
 */
export function secretMark(token: string, name: string): string {
  return `{{secret:${token}:${name}}}`;
}

/** Name of the mark that stands for `$authorization.parameter`; no secret can have it. */
export const AUTHORIZATION = '@authorization';

/** The grant of a call that has an authentication: its expressions may have used `$authorization`. */
export function withAuthorization({ token, names }: SecretGrant): SecretGrant {
  return { token, names: [...names, AUTHORIZATION] };
}

/** What an activity needs to read marks: the run's token and the names that its definition declares. */
export type SecretGrant = NonNullable<CallInfo['secrets']>;

/**
 * The value with every mark replaced, at any depth, also inside longer texts ("Bearer …"). Throws a problem of type
 * `authorization` (403, DSL "Secret") for a name that is not granted or unknown to `find`.
 */
export async function resolveSecrets(
  value: unknown,
  grant: SecretGrant | undefined,
  find: (name: string) => Promise<string | undefined>,
): Promise<unknown> {
  if (!grant) return value;
  if (typeof value === 'string') return replaceMarks(value, grant, find);
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolveSecrets(item, grant, find)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([key, item]) => [key, await resolveSecrets(item, grant, find)]);
  return Object.fromEntries(await Promise.all(entries));
}

/** One secret by name, checked against the grant. Throws a problem of type `authorization`. */
export async function findSecret(
  name: string,
  grant: SecretGrant | undefined,
  find: (name: string) => Promise<string | undefined>,
): Promise<string> {
  const secret = grant?.names.includes(name) ? await find(name) : undefined;
  if (secret === undefined) {
    throw applicationException(
      'authorization',
      `secret "${name}" is not there: name it under use.secrets, and let the operator set it`,
    );
  }
  return secret;
}

async function replaceMarks(
  text: string,
  grant: SecretGrant,
  find: (name: string) => Promise<string | undefined>,
): Promise<string> {
  const opening = secretMark(grant.token, '').slice(0, -2);
  const [head = '', ...rest] = text.split(opening);
  let result = head;
  for (const part of rest) {
    const end = part.indexOf('}}');
    result += (await findSecret(part.slice(0, end), grant, find)) + part.slice(end + 2);
  }
  return result;
}
