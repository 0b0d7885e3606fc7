import { applicationException } from '../../../core/model/problem.ts';
import type { CallDeps } from '../deps.ts';
import { checkHeaders, MAX_CONTENT_BYTES } from '../request.ts';

/**
 * A `fetch` for libraries that bring their own protocol: goes where the operator allows, follows no redirections, and
 * breaks off an answer that is too large: `flood` is then aborted, its reason the problem, since libraries tend to wait for
 * what no longer comes.
 */
export function guardedFetch(deps: CallDeps, signal: AbortSignal, flood: AbortController) {
  return async (input: string | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input);
    await deps.egress.admit(url);
    checkHeaders(new Headers(init.headers));
    const signals = init.signal ? [signal, init.signal] : [signal];
    const response = await deps.fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.any(signals) });
    if (!response.body) return response;
    let size = 0;
    const bounded = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          size += chunk.length;
          if (size <= MAX_CONTENT_BYTES) return controller.enqueue(chunk);
          flood.abort(tooMuch(url));
          controller.error(flood.signal.reason);
        },
      }),
    );
    const { status, statusText, headers } = response;
    return new Response(bounded, { status, statusText, headers });
  };
}

function tooMuch({ origin, pathname }: URL) {
  const detail = `${origin}${pathname} answered with more than ${MAX_CONTENT_BYTES} bytes`;
  return applicationException('communication', detail, { retryable: false });
}
