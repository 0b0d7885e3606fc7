import { basename } from 'node:path/posix';
import type { Field, FieldOf } from '../../core/fields/field.ts';
import type { Typed } from '../../core/fields/read.ts';
import { isOfKind } from '../../core/fields/read.ts';
import { fieldMessages } from '../../core/fields/messages.ts';
import type { Artefact } from '../../core/model/artefact.ts';
import type { Language } from '../../core/settings/settings.ts';
import { sniffMediaType } from '../../intake/media-types.ts';
import type { Artefacts } from '../../store/artefacts.ts';
import { PREFIX } from './fields-controls.ts';

/** A photo of a receipt, a scan of some pages: what is larger goes another way. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** Some photos and scans, and the texts: what one person hands in at once. */
export const MAX_FIELDS_BYTES = 3 * MAX_FILE_BYTES;
export const MAX_FILE_MB = MAX_FILE_BYTES / 1024 / 1024;

/** What came with a form: texts by the names of fields, files as artefacts, and what is wrong with a file. */
export type PostedFields = { typed: Typed; files: Record<string, Artefact[]>; problems: Map<string, string> };

/** Texts of the fields; whatever else a form carries is the page's own. */
export function typedOf(form: FormData): Typed {
  const entries = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(
    entries.filter(([name]) => name.startsWith(PREFIX)).map(([name, text]) => [name.slice(PREFIX.length), text]),
  );
}

/**
 * Reads a form and stores its files: what a file is, is told by its bytes and not by its name. `kept`: files that came
 * before, which stay unless the form says otherwise. A file that is too large or of another kind is not stored.
 */
export async function postedFields(
  form: FormData,
  fields: readonly Field[],
  kept: Readonly<Record<string, readonly Artefact[]>>,
  {
    artefacts,
    language,
    tooLarge,
  }: { artefacts: Pick<Artefacts, 'put'>; language: Language; tooLarge: (name: string) => string },
): Promise<PostedFields> {
  const files: Record<string, Artefact[]> = {};
  const problems = new Map<string, string>();
  for (const field of fields) {
    if (field.kind !== 'file') continue;
    const dropped = new Set(form.getAll(`drop.${field.name}`).map(String));
    const stay = (kept[field.name] ?? []).filter((_, i) => !dropped.has(String(i)));
    const sent = form
      .getAll(PREFIX + field.name)
      .filter((value) => typeof value !== 'string' && value.size > 0) as File[];
    const { stored, problem } = await store(sent, field);
    if (problem !== undefined) problems.set(field.name, problem);
    // Of one file, a newer one takes the place.
    files[field.name] = field.maxFiles === 1 && stored.length > 0 ? stored : [...stay, ...stored];
  }
  return { typed: typedOf(form), files, problems };

  async function store(sent: readonly File[], { accept, maxFiles }: FieldOf<'file'>) {
    const stored: Artefact[] = [];
    for (const file of sent.slice(0, maxFiles)) {
      const name = basename(file.name.replaceAll('\\', '/')).slice(-MAX_NAME) || 'file';
      if (file.size > MAX_FILE_BYTES) return { stored, problem: tooLarge(name) };
      const bytes = new Uint8Array(await file.arrayBuffer());
      const mediaType = await sniffMediaType(bytes, file.type);
      if (!accept.some((kind) => isOfKind(mediaType, kind))) {
        return { stored, problem: fieldMessages[language].fileKind(name, accept) };
      }
      stored.push(await artefacts.put({ name, mediaType, bytes }));
    }
    return { stored, problem: sent.length > maxFiles ? fieldMessages[language].files(maxFiles) : undefined };
  }
}

/** Longest name of a file on the systems that people use. */
const MAX_NAME = 255;
