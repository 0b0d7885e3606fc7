import { usesOf } from '../departments/definition-uses.ts';
import type { Use } from '../departments/uses.ts';
import { checkDefinition } from './check/index.ts';
import { checkTogether } from './check/together.ts';
import type { KnownNames } from './check/context.ts';
import { byPosition, type Finding } from './finding.ts';
import { type DefinitionFile, findDefinitions } from './folder.ts';
import { loadDefinition, type LoadedDefinition } from './load.ts';

export type FolderReport = {
  /** Files that were checked. */
  files: string[];
  findings: Finding[];
  /** What each uses of what departments own, by file. */
  uses: Record<string, Use[]>;
};

/**
 * Checks every definition under the paths, each alone and all together. `names`: what the settings know, where there are
 * any. Throws the system's error for a missing path.
 */
export async function checkFolder(paths: readonly string[], names?: KnownNames): Promise<FolderReport> {
  const found = (await Promise.all(paths.map(findDefinitions))).flat();
  const loaded: LoadedDefinition[] = [];
  const uses: FolderReport['uses'] = {};
  const findings = found.flatMap((entry) => {
    const checked = checkOne(entry, names);
    if (checked.loaded) {
      loaded.push(checked.loaded);
      uses[entry.file] = distinct(usesOf(checked.loaded.definition, entry.files));
    }
    return checked.findings;
  });
  findings.push(...checkTogether(loaded));
  return { files: found.map(({ file }) => file), findings: findings.sort(byPosition), uses };
}

type Checked = { loaded?: LoadedDefinition; findings: Finding[] };

function checkOne({ file, source, files }: DefinitionFile, names?: KnownNames): Checked {
  const result = loadDefinition(source, file);
  if (!result.ok) return { findings: result.findings };
  const { loaded } = result;
  return { loaded, findings: [...result.findings, ...checkDefinition(loaded, { files, names })] };
}

/** Each thing once, in the order of kinds and names; what is worked out at run time as one without a name. */
function distinct(uses: readonly Use[]): Use[] {
  const keyOf = ({ kind, name }: Use): string => `${kind} ${name ?? ''}`;
  const once = new Map(uses.map(({ kind, name }) => [keyOf({ kind, name }), { kind, name }]));
  return [...once.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use);
}
