import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import type { FileContent } from '../../../core/model/artefact.ts';
import { bounded } from '../page/bounded.ts';
import type { Screen } from '../page/screen.ts';
import { takePicture } from './proof.ts';

/** Evidence of a failure is worth no more waiting than this. */
const PICTURE_LIMIT_MS = 8_000;
const TRACE_LIMIT_MS = 15_000;
/** A trace of one form is some hundred kilobytes; one of a page with great images is not kept. */
const MAX_TRACE_BYTES = 20 * 1024 * 1024;
const HIDDEN = '•••';
/** Parts of a trace that are text and can hold what was typed, sent or set as a cookie. */
const TEXT_PART = /\.(trace|network|stacks|html|json|txt|js|css)$|resources\/[^.]+$/;

/** The screen at the moment of failure: picture, source of each frame, and a Playwright trace where one was taken. */
export async function evidenceOf(screen: Screen, secrets: readonly string[], traced: boolean): Promise<FileContent[]> {
  const hidden = [...secrets, ...(await cookiesOf(screen))].filter((secret) => secret !== '');
  const trace = traced ? await bounded(traceOf(screen, hidden), TRACE_LIMIT_MS) : undefined;
  const windows = screen.context.pages().length;
  const shown = windows > 0 ? await pictureAndSource(screen, secrets, hidden) : [];
  return [...shown, ...(trace ? [trace] : [])];
}

async function pictureAndSource(screen: Screen, secrets: readonly string[], hidden: readonly string[]) {
  await bounded(screen.context.newCDPSession(screen.page).then((browser) => browser.send('Page.stopLoading')));
  const picture = await bounded(takePicture(screen, 'failure', secrets), PICTURE_LIMIT_MS);
  const sources: FileContent[] = [];
  for (const [index, frame] of screen.frames().entries()) {
    const html = await bounded(frame.content());
    if (html === undefined) continue;
    // Plain text: evidence of a foreign page must not come alive in the browser of whoever looks at it.
    const text = `<!-- ${without(frame.url(), hidden)} -->\n${without(html, hidden)}`;
    sources.push({
      name: `failure-${index + 1}.html.txt`,
      mediaType: 'text/plain',
      bytes: new TextEncoder().encode(text),
    });
  }
  return [...(picture ? [picture] : []), ...sources];
}

/** The trace, with every secret and session cookie taken out; open it with `npx playwright show-trace`. */
async function traceOf(screen: Screen, hidden: readonly string[]): Promise<FileContent | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'zaplecze-trace-'));
  try {
    const path = join(folder, 'trace.zip');
    await screen.context.tracing.stop({ path });
    const zip = await JSZip.loadAsync(await readFile(path));
    for (const part of Object.values(zip.files)) {
      if (TEXT_PART.test(part.name)) zip.file(part.name, without(await part.async('string'), hidden));
    }
    const bytes = await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
    if (bytes.length > MAX_TRACE_BYTES) return undefined;
    return { name: 'failure-trace.zip', mediaType: 'application/zip', bytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Session cookies open the target to whoever has them. */
async function cookiesOf(screen: Screen): Promise<string[]> {
  const cookies = await bounded(screen.context.cookies());
  return (cookies ?? []).map(({ value }) => value);
}

/** The text without the secrets, also as they are sent in an address or a form. */
function without(text: string, hidden: readonly string[]): string {
  const spellings = hidden.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ]);
  return spellings.reduce((clean, secret) => clean.replaceAll(secret, HIDDEN), text);
}
