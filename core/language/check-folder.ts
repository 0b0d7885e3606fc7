import { checkDefinition } from './check.ts';
import { checkTogether } from './check/together.ts';
import type { KnownNames } from './check/context.ts';
import { byPosition, type Finding } from './finding.ts';
import { type DefinitionFile, findDefinitions } from './folder.ts';
import { loadDefinition, type LoadedDefinition } from './load.ts';

export type FolderReport = {
  /** Files that were checked. */
  files: string[];
  findings: Finding[];
};

/**
 * Checks every definition under the paths, each alone and all together. `names`: what the settings know, where there are
 * any. Throws the system's error for a missing path.
 */
export async function checkFolder(paths: readonly string[], names?: KnownNames): Promise<FolderReport> {
  const found = (await Promise.all(paths.map(findDefinitions))).flat();
  const loaded: LoadedDefinition[] = [];
  const findings = found.flatMap((entry) => checkOne(entry, loaded, names));
  findings.push(...checkTogether(loaded));
  return { files: found.map(({ file }) => file), findings: findings.sort(byPosition) };
}

function checkOne({ file, source, files }: DefinitionFile, loaded: LoadedDefinition[], names?: KnownNames): Finding[] {
  const result = loadDefinition(source, file);
  if (!result.ok) return result.findings;
  loaded.push(result.loaded);
  return [...result.findings, ...checkDefinition(result.loaded, { files, names })];
}
