import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Artefact } from '../../core/model/artefact.ts';
import type { Env, Site } from '../site/context.ts';
import { errorPage } from '../site/context.ts';
import type { ApprovalDossier } from '../../store/approvals.ts';
import { filesOf } from './document-view.ts';
import { lookByLink } from './look-by-link.ts';
import type { Visitors } from './visitors.ts';

/** Page images that a browser shows. Anything else, SVG above all, is handed out as a download. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** Files of one approval, only under its link, and only until the link expires. */
export function fileRoutes(site: Site, visitors: Visitors): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get('/:token/pages/:page{[1-9][0-9]{0,3}}', (c) =>
    send(site, visitors, c, ({ approval }) => approval.pages[Number(c.req.param('page')) - 1]),
  );
  routes.get('/:token/files/:file{[1-9][0-9]{0,2}}', (c) =>
    send(site, visitors, c, ({ approval }) => filesOf(approval)[Number(c.req.param('file')) - 1]),
  );
  // The address in pages from before a request could have several.
  routes.get('/:token/file', (c) => send(site, visitors, c, ({ approval }) => filesOf(approval)[0]));
  return routes;
}

async function send(
  site: Site,
  visitors: Visitors,
  c: Context<Env>,
  choose: (dossier: ApprovalDossier) => Artefact | undefined,
): Promise<Response> {
  const visit = await visitors.admit(c, 'view');
  if (visit instanceof Response) return visit;
  const artefact = choose(visit.dossier);
  if (!artefact || visit.link.expiresAt <= site.clock()) return errorPage(site, c, 'notFound', 404, visit.person);
  const { id, name } = artefact;
  const look = lookByLink(visit, 'approval.file-viewed', { file: { id, name } });
  await site.views.note(c, visit.link.token, look);
  return sendArtefact(site, c, artefact);
}

/** A stored file: images to look at, anything else as a download. Whoever asks must have been admitted before. */
export async function sendArtefact(site: Site, c: Context<Env>, artefact: Artefact): Promise<Response> {
  const { bytes } = await site.store.artefacts.get(artefact.id);
  const shown = SHOWN.has(artefact.mediaType);
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': shown ? artefact.mediaType : 'application/octet-stream',
    'Content-Disposition': shown ? 'inline' : `attachment; filename*=UTF-8''${encodeURIComponent(artefact.name)}`,
    // Of its own origin in name only: whatever the bytes are, they can run nothing.
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=3600',
  });
}
