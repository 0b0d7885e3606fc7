export { FormProblem } from './errors.ts';
export type { Drift } from './drift.ts';
export type { FormContext } from './progress.ts';
export { createFormRunner } from './runner.ts';
export type { FormRunner, FormRunnerOptions } from './runner.ts';
export type { FormRequest, FormResult } from './request.ts';
export type { Target } from './sessions.ts';
export type { Rehearsal } from './rehearse.ts';
export type { FieldState, Visit } from './visit.ts';
