import { z } from 'zod';
import { applicationException } from '../../core/model/problem.ts';
import { addressFrom, pathBeside } from '../../core/language/file-beside.ts';
import { libraryText } from '../../core/language/library.ts';
import { LIBRARY_SCHEME } from '../../core/model/run.ts';
import { resolveSecrets } from '../../core/expressions/secret-marks.ts';
import type { ActivityContext } from '../activity.ts';
import { sendAuthenticated } from './authentication.ts';
import { parseDocument } from './content.ts';
import type { CallDeps } from './deps.ts';
import { ResolvedEndpoint } from './http.ts';
import { addressOf } from './request.ts';

export const ResourceArguments = z.object({ endpoint: ResolvedEndpoint });
type ResourceArguments = z.infer<typeof ResourceArguments>;

/** Reads an external resource (DSL "External Resource"), a JSON or YAML document, and gives its content. */
export async function readResource(
  deps: CallDeps,
  args: ResourceArguments,
  context: ActivityContext,
): Promise<unknown> {
  return parseDocument(await readContent(deps, args, context), args.endpoint.uri);
}

/**
 * The bytes of an external resource. An address without a scheme, or with `file:`, names a file beside the definition:
 * definitions read no other files of the machine.
 */
export async function readContent(
  deps: CallDeps,
  args: ResourceArguments,
  { call, signal }: ActivityContext,
): Promise<Uint8Array> {
  const clear = ResourceArguments.parse(await resolveSecrets(args, call.secrets, deps.secret));
  const { uri, authentication } = clear.endpoint;
  if (uri.startsWith(LIBRARY_SCHEME)) return readShipped(uri.slice(LIBRARY_SCHEME.length));
  const path = pathBeside(uri);
  if (path !== undefined) return readBeside(deps, path, call.definition.hash);
  const request = { method: 'GET', url: addressOf(uri), headers: new Headers({ accept: 'application/json, */*' }) };
  const { content } = await sendAuthenticated(deps, request, authentication, { signal, redirect: true, call });
  return content;
}

/** A function of the library: `rate.find/1.0.0`. */
function readShipped(place: string): Uint8Array {
  const [name = '', version = ''] = place.split('/');
  const text = libraryText(name, version);
  if (text !== undefined) return Buffer.from(text, 'utf8');
  const detail = `the library has no function ${name} in version ${version}. To fix: see docs/functions.md for those it has`;
  throw applicationException('configuration', detail);
}

/** The address of a resource that another one names, such as an import: whole, or beside the definition. */
export function resourceAddress(reference: string, from: string): string {
  const address = addressFrom(reference, from);
  if (address !== undefined) return address;
  throw applicationException('configuration', `"${reference}" in ${from} is not an address`);
}

async function readBeside(deps: CallDeps, path: string, hash: string): Promise<Uint8Array> {
  const text = await deps.file(hash, path);
  if (text !== undefined) return Buffer.from(text, 'utf8');
  throw applicationException(
    'configuration',
    `there is no file ${path} beside the definition. To fix: put it there (files of calls belong in resources/) and deploy again`,
  );
}
