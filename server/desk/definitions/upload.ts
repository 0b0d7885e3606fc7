import { DEFINITION_FILE } from '../../../core/language/folder.ts';
import type { DeployRequest } from '../../runs/deploy.ts';
import { DeployRequest as Schema } from '../../runs/deploy.ts';

/** What belongs to a definition beside its own file; cases are for `zaplecze test` and stay where they are. */
const BESIDE = /^((forms|mails|records)\/[^/]+\.ya?ml|resources\/.+)$/;

/**
 * A definition out of what a browser sent: one YAML file, or the folder of a definition, whose files come with their path
 * in it. Undefined where no definition, or more than one, is in there.
 */
export async function readUpload(form: FormData): Promise<DeployRequest | undefined> {
  const sent = [...form.getAll('folder'), ...form.getAll('file')].filter(isFile);
  const named = sent.filter(({ name }) => name.split('/').at(-1) === DEFINITION_FILE);
  const [main] = named.length > 0 ? named : sent.filter(({ name }) => /\.ya?ml$/.test(name) && !name.includes('/'));
  if (!main || named.length > 1) return undefined;
  const folder = main.name.slice(0, main.name.lastIndexOf('/') + 1);
  const files: Record<string, string> = {};
  for (const file of sent) {
    const path = file.name.slice(folder.length);
    if (file !== main && file.name.startsWith(folder) && BESIDE.test(path)) files[path] = await file.text();
  }
  const request = Schema.safeParse({ file: main.name, source: await main.text(), files });
  return request.success ? request.data : undefined;
}

function isFile(entry: FormDataEntryValue): entry is File {
  return typeof entry !== 'string' && entry.size > 0;
}
