import { z } from 'zod';
import { Scope } from '../../core/model/access.ts';
import { callApi } from '../api-client.ts';
import { EXIT, type Io, table } from '../io.ts';

const Token = z.object({
  id: z.string(),
  name: z.string(),
  person: z.string().nullable(),
  scopes: z.array(z.string()),
  expiresAt: z.string().nullable(),
  revoked: z.boolean(),
});
const Made = z.object({ id: z.string(), token: z.string() });

/** `zaplecze tokens list`. */
export async function listTokens(options: { json?: boolean }, io: Io): Promise<number> {
  const tokens = z.array(Token).parse(await callApi('GET', '/tokens'));
  const rows = tokens.map((token) => [
    token.id,
    token.name,
    token.revoked ? '(revoked)' : (token.expiresAt ?? 'never expires'),
    [...token.scopes, ...(token.person === null ? [] : [`as ${token.person}`])].join(', '),
  ]);
  io.out(options.json ? JSON.stringify(tokens) : table(['ID', 'NAME', 'UNTIL', 'SCOPES'], rows));
  return EXIT.ok;
}

/** `zaplecze tokens add NAME --scope SCOPE…`: prints the token, which nobody can see again. */
export async function addToken(
  name: string,
  options: { scope: string[]; person?: string; days?: string; department?: string[] },
  io: Io,
): Promise<number> {
  const unknown = options.scope.find((scope) => !Scope.safeParse(scope).success);
  const days = options.days === undefined ? undefined : Number(options.days);
  if (unknown !== undefined || (days !== undefined && !Number.isInteger(days))) {
    io.err(
      unknown === undefined
        ? '--days takes a whole number'
        : `Unknown scope "${unknown}". Scopes: ${Scope.options.join(', ')}`,
    );
    return EXIT.usage;
  }
  const made = Made.parse(
    await callApi('POST', '/tokens', {
      ...{ name, scopes: options.scope, person: options.person, days },
      departments: options.department,
    }),
  );
  io.out(made.token);
  io.err(`token ${made.id}: save it now, it is not shown again`);
  return EXIT.ok;
}

/** `zaplecze tokens revoke ID`. */
export async function revokeToken(id: string, io: Io): Promise<number> {
  await callApi('DELETE', `/tokens/${encodeURIComponent(id)}`);
  io.out(`token ${id} has been revoked`);
  return EXIT.ok;
}
