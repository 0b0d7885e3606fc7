import type { TaskFrame } from '../run/state.ts';

/**
 * The arguments of calls under way, by the frame of their task: should the call fail, its incident shows them. Beside
 * the frame, not in it: a frame is carried on as long as its task lasts, and arguments may be large.
 */
const tried = new WeakMap<TaskFrame, { with: unknown }>();

/** Notes what a call is made with. */
export function noteArguments(frame: TaskFrame, args: unknown): void {
  tried.set(frame, { with: args });
}

/** What the last call of that task was made with; nothing where there was none. */
export function argumentsTried(frame: TaskFrame): { with?: unknown } {
  return tried.get(frame) ?? {};
}
