import { byPosition, type Finding } from '../finding.ts';
import { MAX_FINDINGS } from '../limits.ts';
import type { LoadedDefinition } from '../load.ts';
import { createContext, type Rule, type Surroundings } from './context.ts';
import { checkCalls, checkRuns } from './rules/calls.ts';
import { checkExpressions, checkLanguage } from './rules/expressions.ts';
import { checkBeside, checkFiles } from './rules/files.ts';
import { checkDefaults, checkEndless, checkReachable, checkTargets } from './rules/flow.ts';
import { checkDslVersion, checkNames } from './rules/names.ts';
import { checkReferences } from './rules/references.ts';
import { checkSchedule } from './rules/schedule.ts';
import { checkResources } from './rules/resources.ts';
import { checkLooksComputed } from './rules/looks-computed.ts';
import { checkDepartments } from './rules/departments.ts';
import { checkSettings } from './rules/settings.ts';
import { checkSupported } from './rules/supported.ts';
import { checkUnset } from './rules/unset.ts';

const RULES: readonly Rule[] = [
  checkDslVersion,
  checkNames,
  checkLanguage,
  checkExpressions,
  checkCalls,
  checkRuns,
  checkSupported,
  checkReferences,
  checkSchedule,
  checkTargets,
  checkDefaults,
  checkReachable,
  checkEndless,
  checkBeside,
  checkFiles,
  checkResources,
  checkLooksComputed,
  checkSettings,
  checkDepartments,
  checkUnset,
];

/**
 * Checks what the shape of a definition cannot say: expressions, names, references, the flow. Offline, in the order of
 * the text. Errors forbid to deploy; warnings do not.
 */
export function checkDefinition(loaded: LoadedDefinition, surroundings: Surroundings = {}): Finding[] {
  const context = createContext(loaded, surroundings);
  return RULES.flatMap((rule) => rule(context))
    .sort(byPosition)
    .slice(0, MAX_FINDINGS);
}
