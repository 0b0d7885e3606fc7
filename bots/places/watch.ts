import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FileContent } from '../../core/model/artefact.ts';
import { isBusiness, ProblemError } from '../../core/model/problem.ts';
import type { WatchSettings } from '../../core/settings/places.ts';
import { insidePlace, nameOf, type Place, type PlaceEntry } from './place.ts';

/** A file that was dropped: its content, and where and when it lay. */
export type DroppedFile = PlaceEntry & { place: string; name: string; bytes: Uint8Array; hash: string };

/** What to do with a file that was taken in; `reason` is for whoever dropped it. */
export type Filing = { folder: 'done' } | { folder: 'failed'; reason: string };

/** Takes dropped files over. It is safe to offer the same file again. An error leaves the file where it is. */
export type DropHandler = {
  accept(file: DroppedFile): Promise<Filing>;
  /** A note beside a file that failed, for whoever dropped it. */
  noteOf(file: { name: string; reason: string }): FileContent;
};

/** What happens at a place, for logs and people. */
export type PlaceEvent =
  | { type: 'unreachable'; place: string; detail: string; retryInMs: number }
  | { type: 'reachable'; place: string }
  | { type: 'filed'; place: string; path: string; folder: 'done' | 'failed'; reason?: string }
  | { type: 'not-taken'; place: string; path: string; detail: string };

export type PlaceWatch = {
  name: string;
  settings: WatchSettings;
  open: () => Promise<Place>;
  handler: DropHandler;
  onEvent: (event: PlaceEvent) => void;
  signal: AbortSignal;
};

/** Longest pause between two tries to reach a place that is away. */
const MAX_PAUSE_MS = 5 * 60_000;
/** Bytes of a file that is taken; the store keeps no larger one. */
const MAX_DROPPED_BYTES = 64 * 1024 * 1024;
/** Names of files that are still on their way, as browsers, editors and copying programs call them. */
const UNFINISHED = /^[.~]|\.(part|partial|tmp|temp|filepart|crdownload|swp)$|~$/i;

/** Codes of errors that belong to one file: its rights, or its name on another file system. */
const NOT_OURS = new Set<unknown>(['EACCES', 'EPERM', 'EILSEQ', 'ENAMETOOLONG']);

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Watches a place until it is stopped. A place that is away is reported and tried again; it never ends the watch. */
export async function watchPlace(watch: PlaceWatch): Promise<void> {
  const { name, settings, signal, onEvent } = watch;
  const rest = createRest(settings.restSeconds * 1000);
  let failures = 0;
  while (!signal.aborted) {
    let place: Place | undefined;
    try {
      place = await watch.open();
      for (;;) {
        await sweep(watch, place, rest);
        if (failures > 0) onEvent({ type: 'reachable', place: name });
        failures = 0;
        await sleep(settings.pollSeconds * 1000, undefined, { signal });
      }
    } catch (error) {
      if (signal.aborted) break;
      failures += 1;
      const retryInMs = Math.min(MAX_PAUSE_MS, settings.pollSeconds * 1000 * 2 ** Math.min(failures - 1, 10));
      const detail = error instanceof Error ? error.message : String(error);
      onEvent({ type: 'unreachable', place: name, detail, retryInMs });
      await sleep(retryInMs, undefined, { signal }).catch(() => undefined);
    } finally {
      await place?.close().catch(() => undefined);
    }
  }
}

type Rest = (entries: readonly PlaceEntry[], now: number) => PlaceEntry[];

/** Knows since when each file of a folder has neither grown nor changed; answers those that have rested. */
function createRest(restMs: number): Rest {
  let since = new Map<string, { mark: string; at: number }>();
  return (entries, now) => {
    const next: typeof since = new Map();
    const rested = entries.filter((entry) => {
      const mark = markOf(entry);
      const known = since.get(entry.path);
      const at = known?.mark === mark ? known.at : now;
      next.set(entry.path, { mark, at });
      return now - at >= restMs;
    });
    since = next;
    return rested;
  };
}

const markOf = ({ size, modifiedAt }: PlaceEntry): string => `${size} ${modifiedAt}`;

async function sweep(watch: PlaceWatch, place: Place, rest: Rest): Promise<void> {
  const { settings, signal } = watch;
  const finished = (await place.list(settings.folder, signal)).filter(({ path }) => !UNFINISHED.test(nameOf(path)));
  for (const entry of rest(finished, Date.now())) {
    if (signal.aborted) return;
    await takeOne(watch, place, entry);
  }
}

async function takeOne(watch: PlaceWatch, place: Place, entry: PlaceEntry): Promise<void> {
  const { name, handler, onEvent, signal } = watch;
  const { path } = entry;
  try {
    const bytes = await place.get(path, MAX_DROPPED_BYTES, signal);
    // Another worker was faster, or it is written again.
    if (bytes?.length !== entry.size) return;
    const hash = createHash('sha256').update(bytes).digest('hex');
    await file(watch, place, entry, await handler.accept({ ...entry, place: name, name: nameOf(path), bytes, hash }));
  } catch (error) {
    if (error instanceof ProblemError && isBusiness(error.problem)) {
      return file(watch, place, entry, { folder: 'failed', reason: error.problem.detail ?? error.message });
    }
    // One file that cannot be read holds up no other; where the place is away, the next look says so.
    if (!(error instanceof ProblemError) && !NOT_OURS.has(codeOf(error))) throw error;
    onEvent({ type: 'not-taken', place: name, path, detail: error instanceof Error ? error.message : String(error) });
  }
}

async function file(watch: PlaceWatch, place: Place, entry: PlaceEntry, filing: Filing): Promise<void> {
  const { name, settings, handler, onEvent, signal } = watch;
  const { path } = entry;
  // A new file of the same name may have come since: it stays for the next look.
  const now = await place.look(path, signal);
  if (!now || markOf(now) !== markOf(entry)) return;
  const target = await moveBeside(place, path, settings[filing.folder], signal);
  if (target === undefined) return;
  if (filing.folder === 'failed') {
    const note = handler.noteOf({ name: nameOf(path), reason: filing.reason });
    await place.write(insidePlace(`${target}${note.name}`), note.bytes, signal);
  }
  onEvent({ type: 'filed', place: name, path, ...filing });
}

/** Moves a file into a folder, under a name that is free there. Undefined where another worker was faster. */
async function moveBeside(
  place: Place,
  path: string,
  folder: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const name = nameOf(path);
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : name.replace(/(\.[^.]*)?$/, ` (${number})$1`);
    const target = insidePlace(`${folder}/${free}`);
    const outcome = await place.move(path, target, signal);
    if (outcome === 'moved') return target;
    if (outcome === 'gone') return undefined;
  }
}
