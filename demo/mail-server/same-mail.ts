import { statSync } from 'node:fs';
import type { FolderIndex } from './folder-index.ts';

/** The Message-ID of a raw mail (RFC 5322, 3.6.4): the same one means the same mail. Undefined where it has none. */
export function messageIdOf(raw: Buffer | string): string | undefined {
  const text = typeof raw === 'string' ? raw : raw.toString('binary');
  const end = text.search(/\r?\n\r?\n/);
  return /^message-id:\s*(<[^>]+>)/im.exec(end < 0 ? text : text.slice(0, end))?.[1];
}

type Copy = { folder: FolderIndex; file: string };

/**
 * Copies that a move left behind when the process was killed in its middle: of a mail that lies in two folders, the
 * copy that was written last is where it was going; answers the others.
 */
export function unfinishedMoves(
  folders: readonly FolderIndex[],
  read: (path: string, file: string) => Buffer,
  pathOf: (path: string, file: string) => string,
): Copy[] {
  const copies = new Map<string, (Copy & { written: number })[]>();
  for (const folder of folders) {
    for (const { file } of folder.messages) {
      const id = messageIdOf(read(folder.path, file));
      if (id === undefined) continue;
      const written = statSync(pathOf(folder.path, file)).mtimeMs;
      copies.set(id, [...(copies.get(id) ?? []), { folder, file, written }]);
    }
  }
  return [...copies.values()].flatMap((all) => all.toSorted((a, b) => b.written - a.written).slice(1));
}
