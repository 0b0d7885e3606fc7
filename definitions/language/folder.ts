import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Name of a definition inside its folder. */
export const DEFINITION_FILE = 'automation.yaml';
/** Folders beside it that belong to it. */
const FOLDERS = ['forms', 'mails'] as const;
const YAML = /\.ya?ml$/;
/** `definitions/<department>/<name>`: nothing lies deeper, and a link in a circle ends here. */
const MAX_FOLDERS_DEEP = 6;

/** A definition's file as it lies on disk, with the files beside it by their path from its folder. */
export type DefinitionFile = { file: string; source: string; files?: Record<string, string> };

/**
 * Finds definitions. A file is one; in a folder, every `automation.yaml` at any depth; in a folder without any, every
 * YAML file directly in it. Throws the system's error for a path that is not there.
 */
export async function findDefinitions(path: string): Promise<DefinitionFile[]> {
  if (!(await stat(path)).isDirectory()) return [await readDefinition(path)];
  const found = await automationsIn(path, MAX_FOLDERS_DEEP);
  const files = found.length > 0 ? found : await yamlFilesIn(path);
  return Promise.all(files.map(readDefinition));
}

/** Reads a definition and, where it is an `automation.yaml`, the files beside it. */
async function readDefinition(file: string): Promise<DefinitionFile> {
  const source = await readFile(file, 'utf8');
  if (!file.endsWith(DEFINITION_FILE)) return { file, source };
  const files: Record<string, string> = {};
  for (const folder of FOLDERS) {
    for (const path of await yamlFilesIn(join(dirname(file), folder)).catch(noFolder)) {
      files[path.slice(dirname(file).length + 1).replaceAll('\\', '/')] = await readFile(path, 'utf8');
    }
  }
  return { file, source, files };
}

async function automationsIn(folder: string, deep: number): Promise<string[]> {
  if (deep === 0) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const own = names.filter((entry) => entry.isFile() && entry.name === DEFINITION_FILE);
  const folders = names.filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name));
  const inner = await Promise.all(folders.map((entry) => automationsIn(join(folder, entry.name), deep - 1)));
  return [...own.map((entry) => join(folder, entry.name)), ...inner.flat()];
}

async function yamlFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && YAML.test(entry.name));
  return files.map((entry) => join(folder, entry.name)).sort();
}

function noFolder(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
