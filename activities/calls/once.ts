import { onceBlind } from '../../core/model/effect.ts';
import { errorName, ProblemError } from '../../core/model/problem.ts';
import type { ActivityContext } from '../activity.ts';
import type { CallDeps } from './deps.ts';
import { isUndone } from './request.ts';

/** `what`: for people. `repeatable`: the target takes it twice without doing it twice. */
export type Effect = { what: string; repeatable: boolean };

/** Makes a call whose target cannot be asked afterwards at most once; `sending` is called just before it leaves. */
export function once<T>(
  { effects }: Pick<CallDeps, 'effects'>,
  { call, resolved }: Pick<ActivityContext, 'call' | 'resolved'>,
  { what, repeatable }: Effect,
  work: (sending?: () => Promise<void>) => Promise<T>,
): Promise<T> {
  if (repeatable) return work();
  return onceBlind(effects, { key: `call ${call.key}`, what, resolved, isUndone: isAnswered }, work);
}

/** The other side said no, whether by a status or by an error of its own protocol. */
const isAnswered = (error: unknown): boolean =>
  isUndone(error) || (error instanceof ProblemError && errorName(error.problem.type) === 'runtime');
