import type { FileContent } from '../../core/model/artefact.ts';
import { ProblemError, applicationException, businessException } from '../../core/model/problem.ts';

/** Inside the bot only: the target shows its login again. The run starts once more from the safe point, looking first. */
export class SessionExpired extends Error {
  override readonly name = 'SessionExpired';
}

/** Inside a dry run only: something that may change the target was not sent. */
export class HeldBack extends Error {
  override readonly name = 'HeldBack';
}

/** The target refuses, by a message to which the form file gives a meaning: so nothing was done. */
export class Refused extends ProblemError {
  constructor({ problem }: ProblemError) {
    super(problem, { retryable: false });
    this.name = 'Refused';
  }
}

/** A problem with the screen at that moment, for the operator: picture and source of the page, secrets masked. */
export class FormProblem extends ProblemError {
  readonly evidence: readonly FileContent[];

  constructor(cause: ProblemError, evidence: readonly FileContent[]) {
    super(cause.problem, { retryable: cause.retryable, cause });
    this.name = 'FormProblem';
    this.evidence = evidence;
  }
}

/** The page is not as the form file says; trying again would not help. */
export class PageChanged extends ProblemError {
  constructor(detail: string) {
    const mend = 'compare the page with the form file and fix `fields`';
    super(applicationException('runtime', `${detail}; ${mend}`).problem, { retryable: false });
    this.name = 'PageChanged';
  }
}

export const pageChanged = (detail: string): PageChanged => new PageChanged(detail);

/** Nobody answers at the target's address: it is down, which may take minutes or a night. */
export function targetDown(address: string, cause: unknown): ProblemError {
  const detail = `${address} does not answer; is the target running? It is retried automatically, at growing intervals`;
  return applicationException('communication', detail, { cause });
}

export function tooSlow(what: string, seconds: number): ProblemError {
  return applicationException('timeout', `${what} did not end within ${seconds} s`);
}

export function valueTooLong(field: string, value: string, limit: number): ProblemError {
  return businessException(
    'value-too-long',
    `"${value}" has ${value.length} characters, the field "${field}" of the target keeps ${limit}; shorten it`,
  );
}

export function cannotEncode(field: string, value: string, characters: string): ProblemError {
  return businessException(
    'unencodable-value',
    `the target cannot store "${characters}" of "${value}" in the field "${field}"; write it without`,
  );
}

export function unknownOption(code: string, field: string, value: string, options: readonly string[]): ProblemError {
  const shown = options.slice(0, 12).join(', ');
  return businessException(code, `"${value}" is not among the options of "${field}" in the target (${shown})`);
}
