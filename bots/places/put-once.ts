import { createHash } from 'node:crypto';
import { businessException } from '../../core/model/problem.ts';
import { folderOf, nameOf, type Place } from './place.ts';

/** What is known of a file that is being put: `begun` before its bytes are sent, `sent` before it gets its name. */
export type PutState = 'begun' | 'sent' | 'done';

/** Durable notes of what has happened, one per key. */
export type PutNotes = {
  state(key: string): Promise<PutState | undefined>;
  note(key: string, state: PutState): Promise<void>;
};

export type PutOutcome = 'written' | 'already-there' | 'fetched';

/** A file whose content differs is compared by what it is, so it has to be read; what we put is never larger. */
const MAX_COMPARED_BYTES = 64 * 1024 * 1024;

/**
 * Puts a file into a place, once per key: sent under a temporary name, then renamed, so that nobody ever sees a part of
 * it. `fetched`: an attempt before this one gave it its name, and somebody has taken it since; it is not put again.
 * Throws the business exception `file-differs` where a file of that name with another content is there.
 */
export async function putOnce(
  place: Place,
  file: { key: string; path: string; bytes: Uint8Array },
  notes: PutNotes,
  signal?: AbortSignal,
): Promise<PutOutcome> {
  const { key, path, bytes } = file;
  const draft = draftOf(path, key);
  const state = await notes.state(key);
  if (state === 'done') return 'written';
  const there = await place.get(path, MAX_COMPARED_BYTES, signal);
  if (there) {
    if (hashOf(there) !== hashOf(bytes)) throw differs(path);
    await notes.note(key, 'done');
    return state === 'sent' ? 'written' : 'already-there';
  }
  // Only the rename takes the draft away: without it, the file had its name and is gone from there.
  if (state === 'sent' && !(await place.look(draft, signal))) {
    await notes.note(key, 'done');
    return 'fetched';
  }
  if (state !== 'sent') {
    await notes.note(key, 'begun');
    await place.write(draft, bytes, signal);
    await notes.note(key, 'sent');
  }
  if ((await place.move(draft, path, signal)) === 'taken') throw differs(path);
  await notes.note(key, 'done');
  return 'written';
}

/** Hidden, and with an ending that programs which watch folders pass over. */
function draftOf(path: string, key: string): string {
  const folder = folderOf(path);
  const name = `.${nameOf(path)}.${hashOf(new TextEncoder().encode(key)).slice(0, 12)}.part`;
  return folder === '' ? name : `${folder}/${name}`;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function differs(path: string) {
  const fix = 'It was left as it is: choose another name, or move it away';
  return businessException('file-differs', `${path} is there already, with another content. ${fix}`);
}
