import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import type { Answer, Answers } from '../../core/cases/case.ts';
import { missingFrom, type MadeCall } from '../../core/cases/compare.ts';
import { findFunction } from '../../core/catalogue/catalogue.ts';
import type { CallInfo } from '../../core/model/call.ts';
import {
  applicationException,
  businessException,
  ProblemError,
  STANDARD_ERROR_BASE,
  STANDARD_ERRORS,
} from '../../core/model/problem.ts';
import { FIND_DEFINITION_ACTIVITY, PUBLISH_ACTIVITY, SUBSCRIBE_ACTIVITY } from '../../core/model/run.ts';
import type { Actor } from './stage.ts';
import { errorText } from '../../core/model/errors.ts';

/** Finds a definition that another one runs, among those that are rehearsed together. */
export type Library = (wanted: unknown) => unknown;

export type Actors = {
  actor: Actor;
  calls: MadeCall[];
  /** Mistakes of the case itself: calls without an answer, answers of a wrong shape. */
  mistakes: string[];
};

/** What answers a call that no answer is written for; undefined: nothing does, which is a mistake. */
export type Fallback = (name: string, args: unknown) => unknown;

/** An actor that gives the written answers, checks arguments and results by the functions' schemas, and notes each call. */
export function answering(answers: Answers, library: Library, fallback: Fallback = () => undefined): Actors {
  const calls: MadeCall[] = [];
  const mistakes: string[] = [];
  const used = new Set<Answer>();
  const actor: Actor = (activity, args, info) => {
    if (activity === SUBSCRIBE_ACTIVITY) return null;
    if (activity === FIND_DEFINITION_ACTIVITY) return library(args);
    const name = activity.replace(/^call\./, '');
    const task = taskOf(info);
    calls.push({ call: name, task, with: args });
    try {
      const checked = validated(name, 'with', args);
      if (activity === PUBLISH_ACTIVITY && !(name in answers)) return args;
      const answer = pick(answers[task], checked, used) ?? pick(answers[name], checked, used);
      if (answer?.raises) throw raised(answer.raises);
      const returns = answer ? answer.returns : fallback(name, checked);
      if (returns === undefined) throw unanswered(name, task, answers);
      return validated(name, 'result', returns);
    } catch (error) {
      if (error instanceof Mistake) mistakes.push(error.message);
      throw toFailure(error);
    }
  };
  return { actor, calls, mistakes };
}

/** The case is wrong, not the definition. */
class Mistake extends Error {}

/** Last name in the reference of the task; a function of the definition's own adds `/call` to it. */
function taskOf({ task }: CallInfo): string {
  const steps = task.split('/').filter((step) => step !== 'call');
  return (steps.at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A single answer is for every call; those of a list are used up, the first that fits. */
function pick(answers: Answer | Answer[] | undefined, args: unknown, used: Set<Answer>): Answer | undefined {
  const fits = (answer: Answer) => missingFrom(answer.with, args, '').length === 0;
  if (!Array.isArray(answers)) return answers && fits(answers) ? answers : undefined;
  const found = answers.find((answer) => !used.has(answer) && fits(answer));
  if (found) used.add(found);
  return found;
}

function unanswered(name: string, task: string, answers: Answers): Mistake {
  const written = [answers[task], answers[name]].some((answer) => answer !== undefined);
  return new Mistake(
    written
      ? `${name} was called (task "${task}") more often than it has answers, or with arguments that none of them is for`
      : `${name} was called (task "${task}"), and the case has no answer for it. To fix: add it under answers`,
  );
}

/** The value as the function's schema reads it, defaults filled in. */
function validated(name: string, part: 'with' | 'result', value: unknown): unknown {
  const spec = findFunction(name);
  if (!spec) return value;
  const parsed = spec[part].safeParse(value);
  if (parsed.success) return parsed.data;
  const told = z.prettifyError(parsed.error);
  if (part === 'result') throw new Mistake(`the function ${name} cannot give this answer:\n${told}`);
  throw applicationException('validation', `${name}: ${told}`, { retryable: false });
}

function raised(raises: NonNullable<Answer['raises']>): ProblemError {
  if ('business' in raises) return businessException(raises.business, raises.detail ?? raises.business);
  const { error, detail = error } = raises;
  const kind = Object.entries(STANDARD_ERRORS).find(([name]) => name === error);
  const status = raises.status ?? kind?.[1] ?? STANDARD_ERRORS.runtime;
  const type = kind ? STANDARD_ERROR_BASE + error : error;
  return new ProblemError({ type, status, title: error, detail }, { retryable: false });
}

/** What is raised is what the task meets after all attempts: it is never tried again by itself. */
function toFailure(error: unknown): ApplicationFailure {
  const { problem } = error instanceof ProblemError ? error : applicationException('configuration', errorText(error));
  return ApplicationFailure.create({
    message: problem.detail ?? problem.type,
    type: problem.type,
    nonRetryable: true,
    details: [problem],
  });
}
