import { checkDefinition } from './check.ts';
import { checkTogether } from './check/together.ts';
import { byPosition, type Finding } from './finding.ts';
import { type DefinitionFile, findDefinitions } from './folder.ts';
import { loadDefinition, type LoadedDefinition } from './load.ts';

export type FolderReport = {
  /** Files that were checked. */
  files: string[];
  findings: Finding[];
};

/** Checks every definition under the paths, each alone and all together. Throws the system's error for a missing path. */
export async function checkFolder(...paths: string[]): Promise<FolderReport> {
  const found = (await Promise.all(paths.map(findDefinitions))).flat();
  const loaded: LoadedDefinition[] = [];
  const findings = found.flatMap((entry) => checkOne(entry, loaded));
  findings.push(...checkTogether(loaded));
  return { files: found.map(({ file }) => file), findings: findings.sort(byPosition) };
}

function checkOne({ file, source, files }: DefinitionFile, loaded: LoadedDefinition[]): Finding[] {
  const result = loadDefinition(source, file);
  if (!result.ok) return result.findings;
  loaded.push(result.loaded);
  return [...result.findings, ...checkDefinition(result.loaded, files ? { files } : {})];
}
