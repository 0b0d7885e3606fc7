import { Hono } from 'hono';
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Submission } from '../../../store/submissions.ts';
import type { Env } from '../../site/context.ts';
import { errorPage, show } from '../../site/context.ts';
import { control } from '../../runs/control.ts';
import type { Desk } from '../context.ts';
import { deskView, posted, seen, admitted, noteLook } from '../context.ts';
import { namesOf } from '../member-names.ts';
import type { SignedIn } from '../sign-in/session.ts';
import { startForms } from './forms.ts';
import { listPage, type Progress, requestPage } from './list-page.ts';

/** What a person has asked for, what became of it, and withdrawing it. Nobody sees what others asked for. */
export function listRoutes(desk: Desk): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get(
    '/requests',
    seen(desk, 'requests.viewed', [], async (c, visitor) => {
      const [forms, sent] = await Promise.all([
        startForms(desk.store.definitions),
        desk.store.submissions.of(visitor.email),
      ]);
      const progress = await Promise.all(sent.map((one) => progressOf(desk, visitor, one)));
      return show(c, listPage(deskView(desk, visitor), forms, progress), 200);
    }),
  );
  routes.get('/requests/:id', async (c) => {
    const visitor = await admitted(desk, c);
    if (visitor instanceof Response) return visitor;
    const sent = await desk.store.submissions.find(c.req.param('id'), visitor.email);
    if (!sent || sent.status === 'draft') return errorPage(desk.site, c, 'notFound', 404, visitor);
    await noteLook(desk, c, visitor, 'request.viewed', { details: { submission: sent.id } });
    const [progress, names] = await Promise.all([progressOf(desk, visitor, sent), namesOf(desk)]);
    return show(c, requestPage(deskView(desk, visitor), progress, names), 200);
  });
  routes.post('/requests/:id/withdraw', async (c) => {
    const came = await posted(desk, c);
    if (came instanceof Response) return came;
    const { email } = came.visitor;
    const sent = await desk.store.submissions.find(c.req.param('id'), email);
    if (!sent || sent.status !== 'sent') return c.redirect('/requests', 303);
    const ended = await Promise.all(
      sent.runs.map((run) => control(desk, email, run, { act: 'cancel', reason: 'withdrawn by the requester' })),
    );
    if (ended.includes('done')) await desk.store.submissions.withdrawn(sent.id);
    return c.redirect(`/requests/${sent.id}`, 303);
  });
  return routes;
}

/** How far a request has come: its runs, its approvals, and the questions that wait for the requester. */
async function progressOf(desk: Desk, { email }: SignedIn, sent: Submission): Promise<Progress> {
  const { store, client, site } = desk;
  const [dossiers, states] = await Promise.all([
    store.approvals.ofRuns(sent.runs),
    Promise.all(sent.runs.map((run) => stateOf(client, run))),
  ]);
  const questions = dossiers.flatMap(({ approval, trail }) =>
    approval.status !== 'open'
      ? []
      : trail
          .filter(
            ({ kind, seq, to }) =>
              kind === 'question' && to?.toLowerCase() === email && !trail.some(({ answers }) => answers === seq),
          )
          .map(({ seq, by, text, to }) => ({
            by: by ?? '',
            text: text ?? '',
            link: `/q/${site.tokens.signLink({ kind: 'answer', approval: approval.id, round: seq, approver: to ?? email, expiresAt: approval.expires_at })}`,
          })),
  );
  return { sent, dossiers, questions, going: states.includes('going'), stopped: states.includes('stopped') };
}

/** A run whose history is gone has ended long ago. */
async function stateOf(client: Client, run: string): Promise<'going' | 'finished' | 'stopped'> {
  try {
    const { status } = await client.workflow.getHandle(run).describe();
    if (status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW') return 'going';
    return status.name === 'COMPLETED' ? 'finished' : 'stopped';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'finished';
    throw error;
  }
}
