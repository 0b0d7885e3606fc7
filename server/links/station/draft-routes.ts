import { Hono } from 'hono';
import type { Env, Site } from '../../site/context.ts';
import { formOf } from './invoice-form.ts';
import { stateOf } from '../request-state.ts';
import { othersIn } from './presence.ts';
import type { Visitors } from '../visitors.ts';
import { formGuards, textOf } from '../../site/form-guards.ts';

/**
 * What the station's script sends while a person types: what they have so far, and that their page is open. It decides
 * nothing, and needs the page's token as a decision does: no scanner leaves a draft.
 */
export function draftRoutes(site: Site, visitors: Visitors): Hono<Env> {
  const routes = new Hono<Env>();
  routes.post('/:token/draft', ...formGuards(site), async (c) => {
    const visit = await visitors.admit(c, 'view');
    if (visit instanceof Response) return visit;
    const { approval } = visit.dossier;
    const form = await c.req.formData();
    const page = site.tokens.readPage(visit.link, textOf(form, 'page') ?? '');
    if (!page || approval.kind !== 'validation') return c.json({ state: 'refused' }, 403);
    const now = site.clock();
    if (stateOf(visit, now).state !== 'waiting') return c.json({ state: 'over' }, 200);
    const { approver, name } = visit.person;
    const typed = form.has('typed') ? formOf(form) : undefined;
    await site.store.drafts.note({ approval: approval.id, approver, name }, typed, now);
    const others = othersIn(await site.store.drafts.of(approval.id), approver, now);
    return c.json({ state: 'waiting', others, saved: typed !== undefined });
  });
  return routes;
}
