import type { Context } from 'hono';
import { Hono } from 'hono';
import { MAX_REASON_LENGTH } from '../../../core/model/approval.ts';
import type { ApprovalAct } from '../../../core/model/approval-acts.ts';
import type { Language } from '../../../core/settings/settings.ts';
import type { Env, Site } from '../../site/context.ts';
import { errorPage, show, visitorView } from '../../site/context.ts';
import type { AnswerVisit } from './page.ts';
import { answerPage, askerOf } from './page.ts';
import { messagePage } from '../../site/message-page.ts';
import { createPeople } from '../../people/members.ts';
import { refusalText } from '../show-request.ts';
import { formGuards, textOf } from '../../site/form-guards.ts';
import type { Link } from '../../site/tokens.ts';
import { personOf } from '../../site/tokens.ts';
import type { Visitors } from '../visitors.ts';

type Asked = AnswerVisit & { link: Link; by: string; language: Language };

/** The page behind the link of a question. GET only shows; a POST with the page's own token answers, and decides nothing. */
export function answerRoutes(site: Site, visitors: Visitors): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get('/:token', async (c) => {
    const link = await visitors.admitLink(c, 'view', 'answer');
    const asked = link instanceof Response ? link : await find(site, c, link);
    if (asked instanceof Response) return asked;
    const { id: approval, run, definition } = asked.dossier.approval;
    const details = { approval, question: asked.question.seq, by: 'link', definition };
    await site.views.note(c, asked.token, { actor: asked.by, action: 'question.viewed', run, details });
    return showQuestion(site, c, asked);
  });
  routes.post('/:token', ...formGuards(site), async (c) => {
    const link = await visitors.admitLink(c, 'decide', 'answer');
    const asked = link instanceof Response ? link : await find(site, c, link);
    return asked instanceof Response ? asked : answer(site, c, asked);
  });
  return routes;
}

async function find(site: Site, c: Context<Env>, link: Link): Promise<Asked | Response> {
  const dossier = await site.store.approvals.find(link.approval);
  const question = dossier?.trail.find(({ seq, kind }) => seq === link.round && kind === 'question');
  if (!dossier || !question?.to || personOf(question.to) !== link.person) return errorPage(site, c, 'badLink', 404);
  const person = await createPeople(site.store.users, site.settings)(question.to);
  const language = person?.language ?? 'en';
  return { token: link.token, link, dossier, question, asker: askerOf(dossier, question), by: question.to, language };
}

async function showQuestion(
  site: Site,
  c: Context<Env>,
  asked: Asked,
  typed?: { text: string; problem: string },
): Promise<Response> {
  const view = visitorView(site, { person: asked, dossier: asked.dossier });
  const { answer: texts } = view.text.people;
  const { approval, trail } = asked.dossier;
  const given = trail.find(({ answers }) => answers === asked.question.seq);
  if (given) return show(c, messagePage(view, texts.answered, given.text ?? ''), typed ? 409 : 200);
  const over = approval.status !== 'open' || site.clock() >= approval.expires_at;
  if (over) return show(c, messagePage(view, texts.title, texts.over), typed ? 409 : 410);
  return show(c, answerPage(asked, view, site.tokens.signPage(asked.link, site.clock()), typed), typed ? 422 : 200);
}

async function answer(site: Site, c: Context<Env>, asked: Asked): Promise<Response> {
  const view = visitorView(site, { person: asked, dossier: asked.dossier });
  const { people, problems } = view.text;
  const form = await c.req.formData();
  const text = textOf(form, 'text')?.trim() ?? '';
  const page = site.tokens.readPage(asked.link, textOf(form, 'page') ?? '');
  const tell = (problem: string): Promise<Response> => showQuestion(site, c, asked, { text, problem });
  if (!page || page.expiresAt <= view.now) return tell(problems.pageExpired);
  if (text === '') return tell(people.textMissing);
  if (text.length > MAX_REASON_LENGTH) return tell(people.textTooLong(MAX_REASON_LENGTH));
  const { link, dossier, by } = asked;
  const act: ApprovalAct = {
    act: 'answer',
    approval: link.approval,
    question: link.round,
    by,
    text,
    page: { expiresAt: page.expiresAt.toISOString() },
  };
  const verdict = await site.act(dossier.approval.run, act, `${link.approval}/answer/${link.round}/${page.nonce}`);
  if (verdict.verdict === 'refused') {
    return show(c, messagePage(view, people.answer.title, refusalText(view, verdict.refusal)), 409);
  }
  if (verdict.verdict === 'unconfirmed') {
    site.log('the engine did not confirm an answer', verdict.cause);
    return errorPage(site, c, 'noAnswer', 503, { language: asked.language, back: `/q/${asked.token}` });
  }
  return show(c, messagePage(view, people.done.answered, people.done.answeredDetail), 200);
}
