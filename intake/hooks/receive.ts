import { createHash } from 'node:crypto';
import type { CloudEvent } from '../../core/events/cloud-event.ts';
import { evaluateOnce } from '../../core/expressions/evaluate-once.ts';
import type { Artefact, FileContent } from '../../core/model/artefact.ts';
import { applicationException } from '../../core/model/problem.ts';
import type { HookSettings } from '../../core/settings/hooks.ts';
import type { Routed } from '../router.ts';
import { type HookBody, readHookBody } from './read-body.ts';
import { type HookRequest, verify } from './verify.ts';

/** An id as services make them; a longer one is an error of the settings. */
const MAX_ID_CHARACTERS = 500;
/** Of a query and of a header, this much is shown to the run. */
const MAX_SHOWN_CHARACTERS = 2000;

export type HookDeps = {
  artefacts: { put(file: FileContent): Promise<Artefact> };
  publish: (event: CloudEvent) => Promise<Routed>;
  secret: (name: string) => Promise<string>;
  clock: () => Date;
};

export type Received = { id: string; taken: boolean };

/**
 * Takes a request to a webhook over: checks who sends it, stores the raw body and its files, publishes the event. Twice
 * the same id is one event. `taken` is false where no automation and no run wanted it; the sender may send it again.
 * Throws problems with the status of the answer.
 */
export async function receiveHook(
  { artefacts, publish, secret, clock }: HookDeps,
  name: string,
  settings: HookSettings,
  request: HookRequest & { query: URLSearchParams },
): Promise<Received> {
  const key = settings.hmac ?? settings.token;
  verify(settings, key ? await secret(key.secret) : '', request, clock());
  const read = await readHookBody(request.body, request.headers);
  const hash = createHash('sha256').update(request.body).digest('hex');
  const id = idOf(settings, request.headers, read) ?? hash;
  const mediaType = request.headers.get('content-type') ?? 'application/octet-stream';
  const raw = await artefacts.put({ name: `${name}-${hash.slice(0, 12)}`, mediaType, bytes: request.body });
  const files: (Artefact & { field: string })[] = [];
  for (const { field, ...file } of read.files) files.push({ ...(await artefacts.put(file)), field });
  const { body, form, text } = read;
  const { runs, signalled } = await publish({
    specversion: '1.0',
    type: settings.type,
    source: `hook/${name}`,
    id,
    time: clock().toISOString(),
    datacontenttype: 'application/json',
    data: {
      hook: name,
      query: Object.fromEntries([...request.query].map(([field, value]) => [field, shown(value)])),
      headers: Object.fromEntries(settings.headers.map((header) => [header, shown(request.headers.get(header) ?? '')])),
      ...(body !== undefined && { body }),
      ...(form && { form }),
      ...(text !== undefined && { text }),
      files,
      raw,
    },
  });
  return { id, taken: runs.length + signalled.length > 0 };
}

/** The id that the sender gives; undefined where the settings name none. */
function idOf({ id }: HookSettings, headers: Headers, { body }: HookBody): string | undefined {
  if (!id) return undefined;
  const found = 'header' in id ? headers.get(id.header) : evaluateOnce(id.jq, body ?? null);
  const text = typeof found === 'number' ? String(found) : found;
  if (typeof text === 'string' && text !== '' && text.length <= MAX_ID_CHARACTERS && !text.includes('\u0000'))
    return text;
  const where = 'header' in id ? `the header ${id.header}` : id.jq;
  throw applicationException('validation', `${where} gives no id for this request`, { status: 400 });
}

const shown = (text: string): string => text.replaceAll('\u0000', '').slice(0, MAX_SHOWN_CHARACTERS);
