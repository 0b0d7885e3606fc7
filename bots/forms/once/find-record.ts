import { parseTemplate } from '../../../core/forms/template.ts';
import { applicationException } from '../../../core/model/problem.ts';
import { beginAgain, jobOf, pictureOf, withDrift } from '../begin.ts';
import type { Kept } from '../begin.ts';
import type { Drift } from '../proof/drift.ts';
import { look, verify } from './look.ts';
import type { Screen } from '../page/screen.ts';
import type { Progress } from '../progress.ts';
import type { FormRequest, FormResult } from '../request.ts';

/** The record where there is one. */
export type Found = { record?: FormResult; drift: Drift[] };

/**
 * Looks for the record and opens it, without writing and without comparing: only the values that the search needs must
 * be there.
 */
export async function findRecord(screen: Screen, kept: Kept, request: FormRequest, progress: Progress): Promise<Found> {
  const { form, target } = request;
  if (!form.find || !form.confirm) {
    const detail = `form ${form.form} has no \`find\`, so no record can be looked up; fix the form file`;
    throw applicationException('configuration', detail, { retryable: false });
  }
  const needed = namesOf({ steps: form.find.steps, match: form.find.match });
  const never = () => Promise.reject(new Error(`\`find\` of form ${form.form} commits`));
  const presses = { before: never, undone: never, after: () => undefined };
  const job = await beginAgain(await jobOf(screen, kept, request, progress, presses, needed), target);
  const { found } = await look(job, form.find, false);
  if (!found) return { drift: withDrift(job, []).drift };
  const inList = await pictureOf(request, job, 'found');
  const { row: _, ...shown } = await verify(job, form.confirm, found, false);
  const opened = form.confirm.steps.length > 0 ? [await pictureOf(request, job, 'record')] : [];
  const record = { outcome: 'already-there' as const, ...shown, ...withDrift(job, [inList, ...opened]) };
  return { record, drift: record.drift };
}

/** Names of the values that the templates in there use. */
function namesOf(part: unknown): Set<string> {
  if (typeof part === 'string') {
    return new Set(parseTemplate(part).flatMap((piece) => ('path' in piece ? [piece.path[0] ?? ''] : [])));
  }
  if (typeof part !== 'object' || part === null) return new Set();
  return new Set(Object.values(part).flatMap((inner: unknown) => [...namesOf(inner)]));
}
