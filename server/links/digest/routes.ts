import type { Context } from 'hono';
import { Hono } from 'hono';
import { MAX_REASON_LENGTH } from '../../../core/model/approval.ts';
import type { ApprovalDigest } from '../../../store/approval-digests.ts';
import type { Env, Site } from '../../site/context.ts';
import { errorPage, show, siteView } from '../../site/context.ts';
import type { DigestAgain, DigestChoice, DigestItem } from './page.ts';
import { digestPage, isSimple } from './page.ts';
import { messagesAbout } from '../../site/messages/about.ts';
import type { View } from '../../site/layout.ts';
import { stillApprover } from '../colleagues.ts';
import { stateOf, visitOf } from '../request-state.ts';
import type { Link, PageToken } from '../../site/tokens.ts';
import { personOf } from '../../site/tokens.ts';
import type { Visitors } from '../visitors.ts';
import { formGuards, textOf } from '../../site/form-guards.ts';
import { refusalText } from '../show-request.ts';

type Opened = { link: Link; digest: ApprovalDigest; items: DigestItem[] };

/** The page behind the link of a digest: GET only shows; a POST hands each choice to its own run, as its own decision. */
export function digestRoutes(site: Site, visitors: Visitors): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get('/:token', async (c) => {
    const link = await visitors.admitLink(c, 'view', 'digest');
    const opened = link instanceof Response ? link : await open(site, c, link);
    if (opened instanceof Response) return opened;
    const { approver: actor, id: digest } = opened.digest;
    const approvals = opened.items.map(idOf);
    await site.views.note(c, opened.link.token, { actor, action: 'digest.viewed', details: { digest, approvals } });
    return showDigest(site, c, opened);
  });
  routes.post('/:token', ...formGuards(site), async (c) => {
    const link = await visitors.admitLink(c, 'decide', 'digest');
    const opened = link instanceof Response ? link : await open(site, c, link);
    return opened instanceof Response ? opened : decideAll(site, c, opened);
  });
  return routes;
}

/** The requests of the digest as they stand now, each with a link of its own. */
async function open(site: Site, c: Context<Env>, link: Link): Promise<Opened | Response> {
  const digest = await site.store.digests.find(link.approval);
  if (!digest || personOf(digest.approver) !== link.person) return errorPage(site, c, 'badLink', 404);
  const items: DigestItem[] = [];
  for (const { approval, round } of digest.requests) {
    const dossier = await site.store.approvals.find(approval);
    if (!dossier) continue;
    const expiresAt = dossier.approval.expires_at;
    const token = site.tokens.signLink({ approval, round, approver: digest.approver, expiresAt });
    const own = site.tokens.readLink(token);
    const visit = own && visitOf(own, dossier);
    if (!visit || !(await stillApprover(site, visit))) continue;
    items.push({ visit, state: stateOf(visit, site.clock()), link: `/a/${token}` });
  }
  return { link, digest, items };
}

function viewOfDigest(site: Site, { items }: Opened): View {
  const language = items[0]?.visit.person.language ?? 'en';
  const about = items.map(({ visit }) => visit.dossier.approval);
  return { ...siteView(site, language), text: messagesAbout(language, about) };
}

async function showDigest(site: Site, c: Context<Env>, opened: Opened, again?: DigestAgain): Promise<Response> {
  const { link, items } = opened;
  const page = site.tokens.signPage(link, site.clock());
  const wrong = again?.problem !== undefined || [...(again?.choices.values() ?? [])].some(({ problem }) => problem);
  return show(c, digestPage(link.token, items, viewOfDigest(site, opened), page, again), wrong ? 422 : 200);
}

async function decideAll(site: Site, c: Context<Env>, opened: Opened): Promise<Response> {
  const view = viewOfDigest(site, opened);
  const form = await c.req.formData();
  const page = site.tokens.readPage(opened.link, textOf(form, 'page') ?? '');
  const choices = new Map(opened.items.filter(isSimple).map((item) => [idOf(item), readChoice(form, item, view)]));
  if (!page || page.expiresAt <= view.now) {
    return showDigest(site, c, opened, { choices, problem: view.text.problems.pageExpired });
  }
  const chosen = opened.items.filter((item) => choices.get(idOf(item))?.decision);
  if (chosen.length === 0) {
    return showDigest(site, c, opened, { choices, problem: view.text.people.digest.nothingChosen });
  }
  const left = new Map<string, DigestChoice>();
  let done = 0;
  for (const item of chosen) {
    const choice = choices.get(idOf(item));
    if (!choice) continue;
    const problem = choice.problem ?? (await decideOne(site, item, choice, page, view));
    if (problem === undefined) done += 1;
    else left.set(idOf(item), { ...choice, problem });
  }
  const now = await open(site, c, opened.link);
  return now instanceof Response ? now : showDigest(site, c, now, { choices: left, done });
}

function readChoice(form: FormData, item: DigestItem, view: View): DigestChoice {
  const picked = textOf(form, `decision.${idOf(item)}`) ?? '';
  const reason = textOf(form, `reason.${idOf(item)}`)?.trim() ?? '';
  const all = textOf(form, 'all') === 'approved';
  if (picked === 'rejected') {
    const { digest, textTooLong } = view.text.people;
    const tooLong = reason.length > MAX_REASON_LENGTH ? textTooLong(MAX_REASON_LENGTH) : undefined;
    return { decision: 'rejected', reason, problem: reason === '' ? digest.reasonMissing : tooLong };
  }
  return { decision: picked === 'approved' || all ? 'approved' : '', reason };
}

/** One decision to one run. Gives what to tell the person where it did not count. */
async function decideOne(
  site: Site,
  { visit }: DigestItem,
  { decision, reason }: DigestChoice,
  page: PageToken,
  view: View,
): Promise<string | undefined> {
  const { link, person, dossier } = visit;
  const request = {
    approval: link.approval,
    round: link.round,
    approver: person.approver,
    ...(decision === 'rejected' ? { decision: 'rejected' as const, reason } : { decision: 'approved' as const }),
    page: { expiresAt: page.expiresAt.toISOString() },
  };
  const verdict = await site.decide(dossier.approval.run, request, `${link.approval}/${link.round}/${page.nonce}`);
  if (verdict.verdict === 'refused') return refusalText(view, verdict.refusal);
  if (verdict.verdict === 'unconfirmed') {
    site.log('the engine did not confirm a decision of a digest', verdict.cause);
    return view.text.errors.noAnswer;
  }
  return undefined;
}

function idOf({ visit }: DigestItem): string {
  return visit.dossier.approval.id;
}
