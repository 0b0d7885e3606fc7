import type { Context } from 'hono';
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import type { Env } from '../../site/context.ts';
import { show } from '../../site/context.ts';
import { csvHead, csvLine, jsonLine } from '../../site/audit-formats.ts';
import type { Desk } from '../context.ts';
import { admitted, deskView, posted } from '../context.ts';
import { auditPage } from './page.ts';

/** One screen of entries. */
const PAGE = 50;

/** The auditor's pages. Looking into the trail is written into it too. */
export function auditRoutes(desk: Desk): Hono<Env> {
  const routes = new Hono<Env>();
  const { audit } = desk.store;
  routes.get('/audit', async (c) => {
    const visitor = await admitted(desk, c, 'auditor');
    if (visitor instanceof Response) return visitor;
    const run = c.req.query('run') || undefined;
    const below = Number(c.req.query('below')) || undefined;
    const entries = await audit.page({ run, below, limit: PAGE });
    await audit.append({
      actor: visitor.email,
      action: 'audit.viewed',
      details: { run: run ?? null, below: below ?? null },
    });
    return show(c, auditPage(deskView(desk, visitor), { entries, run, isLast: entries.length < PAGE }), 200);
  });
  routes.post('/audit/verify', async (c) => {
    const sent = await posted(desk, c, 'auditor');
    if (sent instanceof Response) return sent;
    const verification = await audit.verify();
    const { brokenAt } = verification;
    await audit.append({ actor: sent.visitor.email, action: 'audit.verified', details: { ...verification } });
    const entries = await audit.page({ limit: PAGE });
    const view = deskView(desk, sent.visitor);
    return show(
      c,
      auditPage(view, { entries, isLast: entries.length < PAGE, verification }),
      brokenAt === undefined ? 200 : 409,
    );
  });
  const exported = (format: 'csv' | 'jsonl') => async (c: Context<Env>) => {
    const visitor = await admitted(desk, c, 'auditor');
    if (visitor instanceof Response) return visitor;
    const range = { from: c.req.query('from'), to: c.req.query('to'), run: c.req.query('run') };
    await audit.append({ actor: visitor.email, action: 'audit.exported', details: { format, ...range } });
    c.header('Content-Type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8');
    c.header('Content-Disposition', `attachment; filename="audit.${format}"`);
    return stream(c, async (out) => {
      if (format === 'csv') await out.write(csvHead);
      for await (const entry of audit.entries(range))
        await out.write(format === 'csv' ? csvLine(entry) : jsonLine(entry));
    });
  };
  routes.get('/audit/export.csv', exported('csv'));
  routes.get('/audit/export.jsonl', exported('jsonl'));
  return routes;
}
