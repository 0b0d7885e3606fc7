import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { DEFINITION_FILE, filesBeside } from '../../definitions/language/folder.ts';
import { ApiError, callApi } from '../api-client.ts';
import { EXIT, type Io } from '../io.ts';

const Finding = z.object({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  severity: z.string(),
  message: z.string(),
  hint: z.string().optional(),
});
const Deployed = z.object({
  hash: z.string(),
  changed: z.boolean(),
  namespace: z.string(),
  name: z.string(),
  version: z.string(),
  running: z.record(z.string(), z.number()).default({}),
});

/** `zaplecze deploy DIR|FILE…`: checks each definition and makes it an immutable version. */
export async function deploy(paths: string[], options: { json?: boolean }, io: Io): Promise<number> {
  let code: number = EXIT.ok;
  for (const path of paths) {
    const request = await readDefinition(path);
    try {
      const result = Deployed.parse(await callApi('POST', '/definitions', request));
      if (options.json) io.out(JSON.stringify(result));
      else tell(result, io);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 422) throw error;
      code = EXIT.notOk;
      tellFindings(error.body, options, io);
    }
  }
  return code;
}

function tell({ namespace, name, version, hash, changed, running }: z.infer<typeof Deployed>, io: Io): void {
  const state = changed ? 'deployed' : 'is deployed already';
  io.out(`${namespace}/${name} ${version}  ${hash.slice(0, 19)}  ${state}`);
  for (const [old, count] of Object.entries(running)) {
    if (old !== version) io.out(`  still running on ${old}: ${count} (they keep it to their end)`);
  }
}

/** A definition's folder, or its file, with the files beside it. */
export async function readDefinition(path: string) {
  const file = basename(path).endsWith('.yaml') ? path : join(path, DEFINITION_FILE);
  return { file, source: await readFile(file, 'utf8'), files: await filesBeside(file) };
}

function tellFindings(body: unknown, options: { json?: boolean }, io: Io): void {
  const { findings } = z.object({ findings: z.array(Finding) }).parse(body);
  if (options.json) return io.out(JSON.stringify({ ok: false, findings }));
  for (const { file, line, column, severity, message, hint } of findings) {
    io.err(`${file}:${line}:${column}  ${severity}  ${message}${hint ? `\n    ${hint}` : ''}`);
  }
}
