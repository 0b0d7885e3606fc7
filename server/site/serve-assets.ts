import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';

const FILES = {
  'style.css': 'text/css; charset=utf-8',
  'dossier.css': 'text/css; charset=utf-8',
  'people.css': 'text/css; charset=utf-8',
  'fields.css': 'text/css; charset=utf-8',
  'fields.js': 'text/javascript; charset=utf-8',
  'station.css': 'text/css; charset=utf-8',
  'desk.css': 'text/css; charset=utf-8',
  'desk.js': 'text/javascript; charset=utf-8',
  'passkey.js': 'text/javascript; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'station.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;
type AssetName = keyof typeof FILES;

/** Digits of the content hash in an address: a new build has new addresses, so old ones can be kept for ever. */
const HASH_DIGITS = 12;

export type Assets = { address: (name: string) => string; routes: Hono };

/** Style sheets and scripts, read once, served under addresses that name their content. */
export function loadAssets(): Assets {
  const addresses = new Map<string, string>();
  const routes = new Hono();
  for (const name of Object.keys(FILES) as AssetName[]) {
    const bytes = readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8');
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, HASH_DIGITS);
    const address = `/assets/${hash}/${name}`;
    addresses.set(name, address);
    routes.get(address, (c) =>
      c.body(bytes, 200, { 'Content-Type': FILES[name], 'Cache-Control': 'public, max-age=31536000, immutable' }),
    );
  }
  return {
    routes,
    address: (name) => {
      const address = addresses.get(name);
      if (address === undefined) throw new Error(`there is no asset ${name}`);
      return address;
    },
  };
}
