import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { readFields } from '../../../core/fields/read.ts';
import { FORM_SUBMITTED, type FormSubmitted, formSource } from '../../../core/model/submission.ts';
import type { FormDraft } from '../../../store/submissions.ts';
import type { Env } from '../../site/context.ts';
import { show } from '../../site/context.ts';
import { messagePage } from '../../site/message-page.ts';
import { CALLING_POLICY } from '../../site/security.ts';
import type { Desk } from '../context.ts';
import { admitted, deskView, field, noteLook, posted } from '../context.ts';
import type { SignedIn } from '../sign-in/session.ts';
import type { FormState } from './form-page.ts';
import { formPage } from './form-page.ts';
import { findForm, type StartForm } from './forms.ts';
import { MAX_FILE_MB, postedFields, typedOf } from '../../site/posted-fields.ts';
import { listRoutes } from './list-routes.ts';

/** 128 bits: nobody guesses what somebody else is filling in. */
const ID_BYTES = 16;
const SUBMISSION = 'submission';

/** Start forms, and what became of what was handed in. */
export function requestRoutes(desk: Desk): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get('/f/:department/:form', async (c) => {
    const visitor = await admitted(desk, c);
    if (visitor instanceof Response) return visitor;
    const found = await formAt(desk, c);
    if (!found) return noForm(desk, c, visitor);
    const draft = await draftOf(desk, visitor, found);
    await noteLook(desk, c, visitor, 'form.viewed', { details: { form: `${found.department}/${found.form}` } });
    return showForm(desk, c, visitor, found, { ...draft, problems: new Map(), restored: draft.saved });
  });
  routes.post('/f/:department/:form', async (c) => {
    const sent = await posted(desk, c);
    if (sent instanceof Response) return sent;
    const found = await formAt(desk, c);
    return found ? handIn(desk, c, sent.visitor, found, sent.form) : noForm(desk, c, sent.visitor);
  });
  // What the page's script sends while a person types. Nothing starts by it.
  routes.post('/f/:department/:form/draft', async (c) => {
    const sent = await posted(desk, c);
    if (sent instanceof Response) return sent;
    const found = await formAt(desk, c);
    if (!found) return c.json({ state: 'gone' }, 410);
    const { files, id } = await draftOf(desk, sent.visitor, found, field(sent.form, 'submission'));
    await keep(desk, sent.visitor, found, { id, typed: typedOf(sent.form), files });
    return c.json({ state: 'saved' });
  });
  routes.route('/', listRoutes(desk));
  return routes;
}

type Draft = Pick<FormDraft, 'id' | 'typed' | 'files'> & { saved: boolean };

/** What the person has begun, else an empty form. `sealed`: the name that the page gave to what it sends. */
async function draftOf(desk: Desk, { email }: SignedIn, at: StartForm, sealed = ''): Promise<Draft> {
  const draft = await desk.store.submissions.draftOf(email, at.department, at.form);
  const own = desk.site.tokens.open(SUBMISSION, sealed);
  if (draft) return { id: own ?? draft.id, typed: draft.typed, files: draft.files, saved: true };
  return { id: own ?? randomBytes(ID_BYTES).toString('base64url'), typed: {}, files: {}, saved: false };
}

async function keep(desk: Desk, { email }: SignedIn, at: StartForm, draft: Omit<Draft, 'saved'>): Promise<void> {
  const { store, site } = desk;
  // A late save of a form that was handed in a moment ago would bring it back as a draft.
  if ((await store.submissions.find(draft.id, email))?.status === 'sent') return;
  const { id, typed, files } = draft;
  await store.submissions.keep(
    { id, typed, files, department: at.department, form: at.form, person: email },
    site.clock(),
  );
}

/** The same form sent twice, by a double click or the browser's button, is one: it carries one name. */
async function handIn(
  desk: Desk,
  c: Context<Env>,
  visitor: SignedIn,
  at: StartForm,
  form: FormData,
): Promise<Response> {
  const { store } = desk;
  const { requests } = deskView(desk, visitor).desk;
  const draft = await draftOf(desk, visitor, at, field(form, 'submission'));
  const { id } = draft;
  const before = await store.submissions.find(id, visitor.email);
  if (before && before.status !== 'draft') return c.redirect(`/requests/${id}`, 303);
  const tooLarge = (name: string): string => requests.tooLarge(name, MAX_FILE_MB);
  const parts = { artefacts: store.artefacts, language: visitor.language, tooLarge };
  const came = await postedFields(form, at.fields.fields, draft.files, parts);
  await keep(desk, visitor, at, { id, ...came });
  // Without the page's name for it, a form that is sent twice could not be known again.
  if (desk.site.tokens.open(SUBMISSION, field(form, 'submission')) === undefined) {
    return showForm(desk, c, visitor, at, { id, ...came, problems: new Map(), problem: requests.again });
  }
  if (form.has('more'))
    return showForm(desk, c, visitor, at, { id, ...came, problems: new Map(), more: field(form, 'more') });
  const { values, problems } = readFields(at.fields.fields, came.typed, came.files, visitor.language);
  for (const [name, problem] of came.problems) problems.set(name, problem);
  if (problems.size > 0) return showForm(desk, c, visitor, at, { id, ...came, problems, problem: requests.wrong });
  return publish(desk, c, visitor, at, { id, ...came, values });
}

type Filled = Pick<FormDraft, 'id' | 'typed' | 'files'> & { values: Record<string, unknown> };

/** First the run, then the note of it: what is cut off between them is handed in again, and is the same run. */
async function publish(
  desk: Desk,
  c: Context<Env>,
  visitor: SignedIn,
  at: StartForm,
  filled: Filled,
): Promise<Response> {
  const { store, site } = desk;
  const { id, typed, files, values } = filled;
  const now = site.clock();
  const data: FormSubmitted = {
    form: at.form,
    requester: { email: visitor.email, name: visitor.name, language: visitor.language },
    submittedAt: now.toISOString(),
    values,
  };
  const source = formSource(at.department, at.form);
  const { runs } = await desk.publish({
    specversion: '1.0',
    id,
    source,
    type: FORM_SUBMITTED,
    time: data.submittedAt,
    data,
  });
  if (runs.length === 0)
    return showForm(desk, c, visitor, at, {
      id,
      typed,
      files,
      problems: new Map(),
      problem: deskView(desk, visitor).desk.requests.notTaken,
    });
  const { department, form: name } = at;
  const row = { id, department, form: name, person: visitor.email, typed, files };
  await store.submissions.sent(row, { fields: at.fields, values, runs }, now);
  await store.audit.append({
    actor: visitor.email,
    action: 'form.submitted',
    run: runs[0],
    details: { form: source, id },
  });
  return c.redirect(`/requests/${id}`, 303);
}

type Shown = Pick<FormDraft, 'id' | 'typed' | 'files'> &
  Pick<FormState, 'problems'> & { problem?: string; restored?: boolean; more?: string };

async function showForm(
  desk: Desk,
  c: Context<Env>,
  visitor: SignedIn,
  at: StartForm,
  shown: Shown,
): Promise<Response> {
  const { id, typed, files, problems, problem, restored = false, more } = shown;
  const submission = desk.site.tokens.seal(SUBMISSION, id);
  const state = { typed, files, problems, problem, restored, more, submission };
  const response = await show(c, formPage(deskView(desk, visitor), at, state), problem === undefined ? 200 : 422);
  // The page's script saves what is typed.
  response.headers.set('Content-Security-Policy', CALLING_POLICY);
  return response;
}

function formAt(desk: Desk, c: Context<Env>): Promise<StartForm | undefined> {
  return findForm(desk.store.definitions, c.req.param('department') ?? '', c.req.param('form') ?? '');
}

function noForm(desk: Desk, c: Context<Env>, visitor: SignedIn): Promise<Response> {
  const view = deskView(desk, visitor);
  const { noForm: title, noFormDetail } = view.desk.requests;
  return show(c, messagePage(view, title, noFormDetail, '/requests'), 404);
}
