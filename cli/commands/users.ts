import { z } from 'zod';
import { Role } from '../../core/model/access.ts';
import { callApi } from '../api-client.ts';
import { EXIT, type Io, table } from '../io.ts';

const User = z.object({
  email: z.string(),
  name: z.string(),
  language: z.string(),
  roles: z.array(z.string()),
  removed: z.boolean(),
});

const Removed = z.object({
  tokens: z.number(),
  handedOn: z.array(z.object({ approval: z.string(), to: z.string() })),
  vacant: z.array(z.string()),
});

/** `zaplecze users list`. */
export async function listUsers(options: { json?: boolean }, io: Io): Promise<number> {
  const users = z.array(User).parse(await callApi('GET', '/users'));
  const rows = users.map((user) => [user.email, user.name, user.removed ? '(removed)' : user.roles.join(', ')]);
  io.out(options.json ? JSON.stringify(users) : table(['EMAIL', 'NAME', 'ROLES'], rows));
  return EXIT.ok;
}

/** `zaplecze users add EMAIL --role ROLE…`: adds a person or changes what they may do. */
export async function addUser(
  email: string,
  options: { role: string[]; name?: string; language: string; department?: string[] },
  io: Io,
): Promise<number> {
  const unknown = options.role.find((role) => !Role.safeParse(role).success);
  if (unknown !== undefined) {
    io.err(`Unknown role "${unknown}". Roles: ${Role.options.join(', ')}`);
    return EXIT.usage;
  }
  const { name = email, language, role: roles, department: departments } = options;
  await callApi('POST', '/users', { email, name, language, roles, departments });
  io.out(`${email}: ${roles.join(', ')}`);
  return EXIT.ok;
}

/** `zaplecze users remove EMAIL`. */
export async function removeUser(email: string, io: Io): Promise<number> {
  const removed = Removed.parse(await callApi('DELETE', `/users/${encodeURIComponent(email)}`));
  io.out(`${email} no longer has any role; API tokens revoked: ${removed.tokens}`);
  for (const { approval, to } of removed.handedOn) io.out(`${approval} handed over to ${to}`);
  for (const approval of removed.vacant)
    io.err(
      `${approval}: this person has no substitute; the request waits for the other approvers or for its escalation`,
    );
  return EXIT.ok;
}
