import type { Case, CaseEvent } from '../../core/cases/case.ts';
import { differences } from '../../core/cases/compare.ts';
import { type Coverage, CoverageMap } from '../../core/cases/coverage.ts';
import type { LoadedCase } from '../../core/cases/load.ts';
import type { LoadedDefinition } from '../../core/language/load.ts';
import type { CloudEvent } from '../../core/events/cloud-event.ts';
import { durationMs } from '../../core/time/duration.ts';
import { answering, type Library } from './answers.ts';
import type { Stage } from './stage.ts';

export type CaseResult = { name: string; file: string; title: string; ok: boolean; differences: string[]; ms: number };
export type DefinitionResult = { cases: CaseResult[]; coverage: Coverage };

/** Rehearses every case of a definition, side by side, and counts what they reached together. */
export async function runCases(
  stage: Stage,
  loaded: LoadedDefinition,
  cases: readonly LoadedCase[],
  library: Library,
): Promise<DefinitionResult> {
  const map = new CoverageMap(loaded.definition);
  const results = await Promise.all(cases.map((one) => runCase(stage, loaded, one, library, map)));
  return { cases: results, coverage: map.report };
}

async function runCase(
  stage: Stage,
  { definition, hash }: LoadedDefinition,
  { name, file, case: one }: LoadedCase,
  library: Library,
  map: CoverageMap,
): Promise<CaseResult> {
  const begun = Date.now();
  const { actor, calls, mistakes } = answering(one.answers, library);
  const { progress, ...end } = await stage.play({
    definition,
    hash,
    input: inputOf(one, definition.schedule?.read),
    rehearsal: {
      ...(one.now !== undefined && { startsAt: Date.parse(one.now) }),
      events: one.events.map(({ after, ...event }, i) => ({ atMs: durationMs(after), event: toEvent(event, i + 1) })),
    },
    actor,
  });
  map.add(progress.tasks);
  const found = differences(one.expect, { ...end, path: map.path(progress.tasks), calls });
  // A mistake of the case explains whatever else is different.
  const told = mistakes.length > 0 ? mistakes : found;
  return { name, file, title: one.title, ok: told.length === 0, differences: told, ms: Date.now() - begun };
}

/** What the run begins with: as the definition's schedule would hand the event to it. */
function inputOf({ input, event }: Case, read: string = 'data'): unknown {
  if (event === undefined) return input ?? {};
  return [read === 'data' ? (event.data ?? null) : toEvent(event, 0)];
}

function toEvent({ id, ...event }: CaseEvent, number: number): CloudEvent {
  return { specversion: '1.0', id: id ?? `event-${number}`, ...event };
}
