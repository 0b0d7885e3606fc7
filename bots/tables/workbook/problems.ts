import { basename, dirname } from 'node:path';
import { applicationException, businessException, type ProblemError } from '../../../core/model/problem.ts';
import { errorText } from '../../../core/model/errors.ts';

/** The workbook is no xlsx, or a broken one. A person has to look; the file stays as it is. */
export function unreadable(path: string, cause?: unknown): ProblemError {
  const detail = `${basename(path)} cannot be read as an Excel workbook (.xlsx). It was left as it is: repair it, or move it away and a new one is made.`;
  return businessException('workbook-unreadable', detail, cause);
}

/** The workbook is not there. */
export function missing(path: string): ProblemError {
  const detail = `there is no workbook ${basename(path)} in the folder of sheets (${dirname(path)}). To fix: put it there, then retry`;
  return applicationException('configuration', detail);
}

/** The workbook holds what a rewrite would lose. A person has to choose another one. */
export function wouldLose(path: string, what: string): ProblemError {
  const detail = `${basename(path)} contains ${what}, which writing a row would lose. It was left as it is: keep the register in a workbook without them.`;
  return businessException('workbook-not-writable', detail);
}

/** The row does not fit the sheet. */
export function doesNotFit(path: string, why: string): ProblemError {
  return businessException('row-refused', `${basename(path)}: ${why}`);
}

/** Someone has the workbook open or is writing it. Worth trying again. */
export function inUse(path: string, who: string, cause?: unknown): ProblemError {
  const detail = `${basename(path)} is in use by ${who}. Close it there; the row is written on the next attempt.`;
  return applicationException('communication', detail, { cause });
}

/** The disk, the folder or its rights. Worth trying again once mended. */
export function notWritten(path: string, cause: unknown): ProblemError {
  const reason = errorText(cause);
  const detail = `${basename(path)} could not be written: ${reason}. The file was not changed. Free some disk space, or correct the permissions of the folder; the row is written on the next attempt.`;
  return applicationException('communication', detail, { cause });
}
