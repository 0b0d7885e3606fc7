import type { Task } from '../../core/language/types.ts';
import type { Outcome, Place } from '../run/place.ts';

/** A task about to be done: its place, raw and transformed input. */
export type Step = Place & { readonly raw: unknown; readonly input: unknown };

/** Does the tasks of one kind. */
export type Runner<T extends Task = Task> = (step: Step & { readonly task: T }) => Promise<Outcome>;
