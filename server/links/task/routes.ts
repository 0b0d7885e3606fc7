import type { Context } from 'hono';
import { Hono } from 'hono';
import { readFields } from '../../../core/fields/read.ts';
import type { DecideRequest } from '../../../core/model/approval.ts';
import { MAX_REASON_LENGTH } from '../../../core/model/approval.ts';
import type { Env, Site } from '../../site/context.ts';
import { errorPage, show, visitorView } from '../../site/context.ts';
import type { FieldsState } from '../../site/fields-view.ts';
import { textOf } from '../../site/form-guards.ts';
import { MAX_FILE_MB, postedFields } from '../../site/posted-fields.ts';
import { isCrossSite } from '../../site/security.ts';
import { messagePage } from '../../site/message-page.ts';
import { typedBefore } from './before.ts';
import type { Visit } from '../request-state.ts';
import { stateOf } from '../request-state.ts';
import { refused, removed, showVisit, unconfirmed } from '../show-request.ts';
import { stillApprover } from '../colleagues.ts';
import type { Visitors } from '../visitors.ts';

/** Handing in a task. What was typed, and files that came, stay where something is wrong. */
export function taskRoutes(site: Site, visitors: Visitors): Hono<Env> {
  const routes = new Hono<Env>();
  routes.post('/:token/task', async (c) => {
    if (isCrossSite(c.req.raw, site.settings.publicUrl)) return errorPage(site, c, 'elsewhere', 403);
    const visit = await visitors.admit(c, 'decide');
    if (visit instanceof Response) return visit;
    return visit.dossier.approval.kind === 'task' ? handIn(site, c, visit) : errorPage(site, c, 'notFound', 404);
  });
  return routes;
}

async function handIn(site: Site, c: Context<Env>, visit: Visit): Promise<Response> {
  // Whoever comes too late is told what happened, before anything they sent is judged.
  if (stateOf(visit, site.clock()).state !== 'waiting') return showVisit(site, c, visit, {});
  const view = visitorView(site, visit);
  if (!(await stillApprover(site, visit))) return removed(c, view, 409);
  const { link, person, dossier } = visit;
  const form = await c.req.formData();
  const fields = dossier.approval.to_do?.fields?.fields ?? [];
  const before = await typedBefore(site, visit);
  const parts = {
    artefacts: site.store.artefacts,
    language: person.language,
    tooLarge: tooLarge(view.text.task.tooLarge),
  };
  const came = await postedFields(form, fields, before.files, parts);
  const draft = { approval: link.approval, approver: person.approver, name: person.name };
  await site.store.drafts.note(draft, { typed: came.typed, files: came.files }, site.clock());
  const comment = textOf(form, 'comment')?.trim() ?? '';
  const { values, problems } = readFields(fields, came.typed, came.files, person.language);
  for (const [name, problem] of came.problems) problems.set(name, problem);
  const state: FieldsState = { ...came, problems, more: textOf(form, 'more') };
  const again = (problem?: string): Promise<Response> =>
    showVisit(site, c, visit, {
      comment,
      task: problem === undefined ? { ...state, problems: new Map() } : state,
      problem,
    });
  const page = site.tokens.readPage(link, textOf(form, 'page') ?? '');
  if (form.has('more')) return again();
  if (!page || page.expiresAt <= view.now) return again(view.text.problems.pageExpired);
  if (comment.length > MAX_REASON_LENGTH) return again(view.text.people.comment.tooLong(MAX_REASON_LENGTH));
  if (problems.size > 0) return again(view.text.task.wrong);
  const request: DecideRequest = {
    approval: link.approval,
    round: link.round,
    approver: person.approver,
    decision: 'done',
    answers: values,
    ...(comment && { comment }),
    page: { expiresAt: page.expiresAt.toISOString() },
  };
  const verdict = await site.decide(dossier.approval.run, request, `${link.approval}/${link.round}/${page.nonce}`);
  if (verdict.verdict === 'refused') return refused(site, c, visit, verdict.refusal, { comment, task: state });
  if (verdict.verdict === 'unconfirmed') return unconfirmed(site, c, visit, verdict.cause);
  if (verdict.verdict === 'recorded') return c.redirect(`/a/${link.token}`, 303);
  return show(c, messagePage(view, view.text.state.accepted, view.text.state.acceptedDetail), 202);
}

function tooLarge(words: (name: string, megabytes: number) => string) {
  return (name: string): string => words(name, MAX_FILE_MB);
}
