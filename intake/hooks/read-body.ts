import type { FileContent } from '../../core/model/artefact.ts';
import { applicationException, type ProblemError } from '../../core/model/problem.ts';
import { sniffMediaType } from '../media-types.ts';

/** JSON, fields and text go into the run's data; histories take 2 MB. What is longer is sent as a file. */
const MAX_DATA_BYTES = 512 * 1024;
/** Files and fields of one form. */
const MAX_PARTS = 200;

export type HookBody = {
  /** The JSON that was sent. */
  body?: unknown;
  /** Fields of a form; one that comes several times is a list. */
  form?: Record<string, string | string[]>;
  text?: string;
  files: (FileContent & { field: string })[];
};

/** Reads a body by its media type. Throws problems of status 400 (not what it says it is), 413 and 415. */
export async function readHookBody(bytes: Uint8Array, headers: Headers): Promise<HookBody> {
  const coding = headers.get('content-encoding');
  if (coding !== null && coding !== 'identity') throw refused(415, `the content coding ${coding} is not understood`);
  const mediaType = headers.get('content-type') ?? '';
  const [type = ''] = mediaType.toLowerCase().split(';');
  if (/^multipart\/form-data$/.test(type.trim())) return readForm(bytes, mediaType);
  if (/^application\/x-www-form-urlencoded$/.test(type.trim())) {
    return { form: fieldsOf([...new URLSearchParams(textOf(bytes))]), files: [] };
  }
  if (/[/+]json$/.test(type.trim())) return { body: jsonOf(bytes), files: [] };
  if (/^text\/|[/+]xml$/.test(type.trim())) return { text: textOf(bytes), files: [] };
  return { files: [] };
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > MAX_DATA_BYTES) {
    throw refused(413, `data of more than ${MAX_DATA_BYTES} bytes; send it as a file of a form (multipart/form-data)`);
  }
  try {
    return storable(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw error instanceof TypeError ? refused(400, 'the body is not in UTF-8') : error;
  }
}

function storable(text: string): string {
  if (text.includes('\u0000')) throw refused(400, 'text with NUL cannot be stored');
  return text;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(textOf(bytes));
    // NUL and halves of characters may also be written as escapes.
    const again = JSON.stringify(value);
    if (/\\u0000|\\ud[89a-f]/i.test(again)) throw refused(400, 'text with NUL or half a character cannot be stored');
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) throw refused(400, `the body says it is JSON but is not: ${error.message}`);
    if (error instanceof RangeError) throw refused(400, 'the JSON is nested too deep');
    throw error;
  }
}

async function readForm(bytes: Uint8Array, mediaType: string): Promise<HookBody> {
  const form = await new Response(Uint8Array.from(bytes), { headers: { 'content-type': mediaType } })
    .formData()
    .catch((cause: unknown) => {
      throw refused(400, 'the body says it is a form but is not', cause);
    });
  const parts = [...form];
  if (parts.length > MAX_PARTS) throw refused(413, `a form has at most ${MAX_PARTS} fields and files`);
  const files: HookBody['files'] = [];
  const fields: [string, string][] = [];
  for (const [field, value] of parts) {
    if (typeof value === 'string') fields.push([field, storable(value)]);
    else {
      const content = new Uint8Array(await value.arrayBuffer());
      // The name is what the sender says: no folders, no control characters.
      const name = (value.name.split(/[/\\]/).at(-1) ?? '').replace(/\p{Cc}/gu, '').slice(0, 200) || 'file';
      files.push({ field, name, mediaType: await sniffMediaType(content, value.type), bytes: content });
    }
  }
  const size = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > MAX_DATA_BYTES) throw refused(413, `the fields have more than ${MAX_DATA_BYTES} characters`);
  return { form: fieldsOf(fields), files };
}

function fieldsOf(pairs: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]);
  }
  return Object.fromEntries(fields);
}

function refused(status: number, why: string, cause?: unknown): ProblemError {
  return applicationException('validation', why, { status, cause });
}
