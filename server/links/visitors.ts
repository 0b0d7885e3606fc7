import type { Context } from 'hono';
import type { Env, Site } from '../site/context.ts';
import { addressOf, errorPage } from '../site/context.ts';
import { RateLimit } from '../site/rate-limit.ts';
import type { LinkKind } from '../../core/model/approval-links.ts';
import type { Visit } from './request-state.ts';
import { type Link, personOf } from '../site/tokens.ts';
import { visitOf } from './request-state.ts';

/** A person reads and reloads; scanners and previews come in bursts of a few. */
const VIEWS_PER_MINUTE = 240;
/** Nobody decides one thing more often than this, also with typing errors. */
const DECISIONS_PER_MINUTE = 20;
/** Guessing tokens is hopeless at 256 bits; this keeps the log and the processor quiet. */
const BAD_LINKS_PER_MINUTE = 60;

type Act = 'view' | 'decide';

export type Visitors = {
  /** The person behind the link of a request, or the answer to give instead. */
  admit(c: Context<Env>, act: Act): Promise<Visit | Response>;
  /** A link of that kind whose signature holds, or the answer to give instead. */
  admitLink(c: Context<Env>, act: Act, kind: LinkKind): Promise<Link | Response>;
};

/** Turns links into visits, within rate limits. */
export function createVisitors(site: Site): Visitors {
  const limits = { view: new RateLimit(VIEWS_PER_MINUTE), decide: new RateLimit(DECISIONS_PER_MINUTE) };
  const badLinks = new RateLimit(BAD_LINKS_PER_MINUTE);
  const admitLink: Visitors['admitLink'] = async (c, act, kind) => {
    const now = site.clock().getTime();
    const link = site.tokens.readLink(c.req.param('token') ?? '');
    if (link?.kind !== kind) {
      return badLinks.allows(addressOf(c), now) ? errorPage(site, c, 'badLink', 404) : tooMany(site, c);
    }
    if (!limits[act].allows(link.token, now)) return tooMany(site, c);
    // A link names its person by a hash: whoever was removed sees no more by it than a stranger.
    const gone = (await site.store.users.removed()).some((email) => personOf(email) === link.person);
    return gone ? errorPage(site, c, 'badLink', 404) : link;
  };
  return {
    admitLink,
    async admit(c, act) {
      const link = await admitLink(c, act, 'decide');
      if (link instanceof Response) return link;
      const dossier = await site.store.approvals.find(link.approval);
      const visit = dossier && visitOf(link, dossier);
      return visit ?? errorPage(site, c, 'badLink', 404);
    },
  };
}

async function tooMany(site: Site, c: Context<Env>): Promise<Response> {
  const response = await errorPage(site, c, 'tooMany', 429);
  response.headers.set('Retry-After', '60');
  return response;
}
