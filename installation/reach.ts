import { applicationException } from '../core/model/problem.ts';
import { errorText } from '../core/model/errors.ts';

/** SQLSTATE classes of a database that does not let us in: connection, authorization, no such database, shut down. */
const REFUSED = /^(?:08|28|3D|57P)/;
/** Error codes of the system: nobody listens there, or there is no such host. */
const SYSTEM = /^E[A-Z_]+$/;

/** The store, or why its database cannot be reached, in words for an operator. The address is told without its password. */
export async function reachDatabase<T>(databaseUrl: string | undefined, opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (cause) {
    const code = codeOf(cause);
    if (databaseUrl === undefined || code === undefined || !(REFUSED.test(code) || SYSTEM.test(code))) throw cause;
    const mend = 'To fix: start the database, or correct DATABASE_URL';
    const detail = `the database at ${placeOf(databaseUrl)} cannot be reached: ${messageOf(cause)} (${code}). ${mend}`;
    throw applicationException('communication', detail, { cause });
  }
}

/** The connection to Temporal, or why it is not there. */
export async function reachTemporal<T>(address: string, connecting: Promise<T>): Promise<T> {
  try {
    return await connecting;
  } catch (cause) {
    const mend = 'To fix: start Temporal, or correct TEMPORAL_ADDRESS';
    const detail = `Temporal at ${address} cannot be reached: ${messageOf(cause)}. ${mend}`;
    throw applicationException('communication', detail, { cause });
  }
}

function placeOf(databaseUrl: string): string {
  const url = URL.parse(databaseUrl);
  return url ? `${url.host}${url.pathname}` : 'DATABASE_URL';
}

/** Where several addresses of a host were tried, the reasons are inside. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join(', ');
  return errorText(error);
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
