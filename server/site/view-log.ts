import type { Context } from 'hono';
import type { Store } from '../../store/index.ts';

/** Someone who reads, scrolls and reloads has looked once. */
const ONE_LOOK_MS = 10 * 60 * 1000;
/** Looks remembered; the oldest are forgotten first, so that memory stays bounded. */
const MAX_REMEMBERED = 10_000;

/** What the trail takes. */
export type Entry = Parameters<Store['audit']['append']>[0];

export type Views = {
  /** Puts into the trail that somebody looked; again only after a while. `who` tells the lookers apart: link, session or token. */
  note(c: Context, who: string, entry: Entry): Promise<void>;
};

/**
 * Who has seen what. What a browser fetches ahead, or a HEAD asks for, nobody has seen: neither is noted, and neither
 * keeps a later look from being noted.
 */
export function createViews({ clock, store }: { clock: () => Date; store: Pick<Store, 'audit'> }): Views {
  const looks = new Map<string, number>();
  return {
    async note(c, who, entry) {
      if (c.req.method !== 'GET' || isPrefetch(c)) return;
      const now = clock().getTime();
      const key = JSON.stringify([who, entry.action, entry.details ?? null]);
      if (now - (looks.get(key) ?? -Infinity) < ONE_LOOK_MS) return;
      looks.delete(key);
      looks.set(key, now);
      const oldest = looks.size > MAX_REMEMBERED ? looks.keys().next().value : undefined;
      if (oldest !== undefined) looks.delete(oldest);
      await store.audit.append(entry);
    },
  };
}

/** `Sec-Purpose` is the standard's header; `Purpose` and `X-Moz` are those of older browsers. */
function isPrefetch(c: Context): boolean {
  return ['sec-purpose', 'purpose', 'x-moz'].some((name) => c.req.header(name)?.includes('prefetch'));
}
