import type { MiddlewareHandler } from 'hono';

/** Nothing runs, loads or frames but what this server sends as a file of its own. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** For pages whose script calls this server, and no other. */
export const CALLING_POLICY = `${CONTENT_SECURITY_POLICY}; connect-src 'self'`;

/** One year, as browsers ask for it; sent only where the server is reached by https. */
const HSTS_SECONDS = 31_536_000;

/** Headers of every answer. */
export function securityHeaders(publicUrl: string): MiddlewareHandler {
  const https = new URL(publicUrl).protocol === 'https:';
  return async (c, next) => {
    await next();
    const headers = c.res.headers;
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('X-Frame-Options', 'DENY');
    // Not "no-referrer": with that, browsers send forms of our own page with "Origin: null".
    headers.set('Referrer-Policy', 'same-origin');
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    headers.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()');
    headers.set('X-Robots-Tag', 'noindex, nofollow, noarchive');
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
    if (https) headers.set('Strict-Transport-Security', `max-age=${HSTS_SECONDS}`);
  };
}

/**
 * True for a form that another site sent. Browsers say it by Sec-Fetch-Site (W3C Fetch Metadata), older ones by Origin.
 * A program that sends neither has no cookies to abuse, and needs the page's token all the same.
 */
export function isCrossSite(request: Request, publicUrl: string): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin';
  const origin = request.headers.get('origin');
  if (origin === null) return false;
  const host = hostOf(origin);
  return host === undefined || (host !== new URL(publicUrl).host && host !== request.headers.get('host'));
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
