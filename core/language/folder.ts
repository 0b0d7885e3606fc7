import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { isMissing } from '../model/errors.ts';

/** Name of a definition inside its folder. */
export const DEFINITION_FILE = 'automation.yaml';
/** Folders beside it that belong to it. */
const FOLDERS = ['fields', 'forms', 'mails', 'records'] as const;
/** What its calls read: documents of services, protos, scripts. Texts of any kind, also in folders of their own. */
const RESOURCES = 'resources';
/** A resource is a text of some pages; what is larger is data, which comes by other ways. */
const MAX_RESOURCE_BYTES = 1024 * 1024;
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
  return { file, source, files: await filesBeside(file) };
}

/** The texts beside a definition, by their path from its folder. */
export async function filesBeside(file: string): Promise<Record<string, string>> {
  const folder = dirname(file);
  const inFolders = await Promise.all(FOLDERS.map((name) => yamlFilesIn(join(folder, name)).catch(noFolder)));
  const paths = [...inFolders.flat(), ...(await resourcesIn(join(folder, RESOURCES)).catch(noFolder))];
  const read = paths.map(async (path) => [relative(folder, path).replaceAll('\\', '/'), await readFile(path, 'utf8')]);
  return Object.fromEntries(await Promise.all(read)) as Record<string, string>;
}

async function resourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  for (const path of paths) {
    const { size } = await stat(path);
    if (size > MAX_RESOURCE_BYTES) throw new RangeError(`${path} is over ${MAX_RESOURCE_BYTES} bytes`);
  }
  return paths;
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
  if (isMissing(error)) return [];
  throw error;
}
