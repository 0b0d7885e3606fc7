import type { Task } from '../../definitions/language/types.ts';
import type { Place } from '../place.ts';

/** A task about to be done: its place, raw and transformed input. */
export type Step = Place & { readonly raw: unknown; readonly input: unknown };

/**
 * What a task gives: raw output, and where to go if not by the task's own `then`. `ended`: a task inside ended the whole
 * workflow, with this output.
 */
export type Outcome = { output: unknown; then?: string; ended?: boolean; skipped?: boolean };

/** Does the tasks of one kind. */
export type Runner<T extends Task = Task> = (step: Step & { readonly task: T }) => Promise<Outcome>;
