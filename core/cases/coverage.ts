import { pointer } from '../language/finding.ts';
import { type Place, walk } from '../language/check/walk.ts';
import type { WorkflowDefinition } from '../language/types.ts';
import type { TaskState } from '../model/run.ts';

/** How much of a definition its cases reached. `missed`: what no case reached, in words. */
export type Coverage = { tasks: Count; branches: Count };
export type Count = { reached: number; of: number; missed: string[] };

/** Kinds that only hold other tasks: they are no steps of a path. */
const GROUPS = new Set(['do', 'for', 'fork', 'try']);

/** What of a definition can be reached, and what the runs so far have. */
export class CoverageMap {
  readonly #places: Map<string, Place>;
  readonly #reached = new Set<string>();

  constructor(definition: WorkflowDefinition) {
    this.#places = new Map(walk(definition).places.map((place) => [pointer(place.path), place]));
  }

  /** Counts the tasks of one run, as its progress reports them. */
  add(tasks: readonly TaskState[]): void {
    for (const { reference, status, choice } of tasks) {
      const at = this.#placeOf(reference);
      const skipped = status === 'skipped';
      if (!skipped) this.#reached.add(at);
      this.#reached.add(`${at} ${skipped ? 'skipped' : 'taken'}`);
      if (choice !== undefined) this.#reached.add(`${at} ${caseBranch(choice)}`);
    }
  }

  /** The steps of a run in order: each task by its name, with that of the task around it. */
  path(tasks: readonly TaskState[]): string[] {
    return tasks
      .filter(({ status }) => status !== 'skipped')
      .map(({ reference }) => this.#places.get(this.#placeOf(reference)))
      .filter((place) => place !== undefined && !GROUPS.has(place.kind))
      .map((place) => (place ? labelOf(place) : ''));
  }

  get report(): Coverage {
    const places = [...this.#places];
    const branches = places.flatMap(([at, place]) => branchesOf(place).map((branch) => ({ at, place, branch })));
    return {
      tasks: this.#count(places.map(([at, place]) => [at, labelOf(place)])),
      branches: this.#count(
        branches.map(({ at, place, branch }) => [`${at} ${branch}`, `${labelOf(place)} never ${branch}`]),
      ),
    };
  }

  #count(entries: [key: string, words: string][]): Count {
    const missed = entries.filter(([key]) => !this.#reached.has(key)).map(([, words]) => words);
    return { reached: entries.length - missed.length, of: entries.length, missed };
  }

  /** A function of the definition's own runs below its call: there it is the function itself. */
  #placeOf(reference: string): string {
    if (this.#places.has(reference)) return reference;
    const at = reference.lastIndexOf('/call');
    if (at < 0) return reference;
    const caller = this.#places.get(this.#placeOf(reference.slice(0, at)));
    if (!caller || !('call' in caller.task)) return reference;
    return this.#placeOf(pointer(['use', 'functions', caller.task.call]) + reference.slice(at + '/call'.length));
  }
}

function branchesOf({ task }: Place): string[] {
  const cases = 'switch' in task ? task.switch.flatMap((item) => Object.keys(item)).map(caseBranch) : [];
  return [...(task.if === undefined ? [] : ['taken', 'skipped']), ...cases];
}

const caseBranch = (name: string): string => `goes to case ${name}`;

/** `approve/ask`: names alone are not unique. */
function labelOf({ path, name }: Place): string {
  const around = path.slice(0, -1).findLast((part, i) => typeof part === 'string' && typeof path[i - 1] === 'number');
  return around === undefined ? name : `${String(around)}/${name}`;
}
