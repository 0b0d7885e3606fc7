import type { Context } from 'hono';
import type { Env, Site } from './context.ts';
import type { Visit } from './state.ts';

/** Someone who reads, scrolls and reloads has looked once. */
const ONE_LOOK_MS = 10 * 60 * 1000;
/** Links remembered; the oldest are forgotten first, so that memory stays bounded. */
const MAX_REMEMBERED = 10_000;

export type Views = {
  /** Puts into the trail that the page of a link was opened, once for a while. */
  note(c: Context<Env>, visit: Visit): Promise<void>;
};

/**
 * Who has seen what, as far as a link can tell: whoever holds it may have passed it on, so the entry says "by link".
 * What a browser fetches ahead, or a HEAD asks for, nobody has seen.
 */
export function createViews(site: Pick<Site, 'clock' | 'store'>): Views {
  const looks = new Map<string, number>();
  return {
    async note(c, { link, dossier, person }) {
      if (c.req.method !== 'GET' || c.req.header('sec-purpose') !== undefined) return;
      const now = site.clock().getTime();
      if (now - (looks.get(link.token) ?? -Infinity) < ONE_LOOK_MS) return;
      looks.delete(link.token);
      looks.set(link.token, now);
      const oldest = looks.size > MAX_REMEMBERED ? looks.keys().next().value : undefined;
      if (oldest !== undefined) looks.delete(oldest);
      const { id: approval, run, definition } = dossier.approval;
      await site.store.audit.append({
        actor: person.approver,
        action: 'approval.viewed',
        run,
        details: { approval, round: link.round, by: 'link', definition },
      });
    },
  };
}
