import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { FolderIndex } from './folder-index.ts';
import { unfinishedMoves } from './same-mail.ts';

const INDEX = 'index.json';

/**
 * The files of one user's mailbox: a folder with `index.json` and .eml files for each folder of the mailbox. Everything
 * is synchronous on purpose: the server answers "done" only after the disk has it.
 */
export class MailboxFiles {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
    mkdirSync(dir, { recursive: true });
  }

  /** Every folder that has an index. What a crash left behind is put in order: temporary files, moves half done. */
  load(): FolderIndex[] {
    const folders = this.indexes();
    const pathOf = (path: string, file: string) => join(this.#folder(path), file);
    for (const { folder, file } of unfinishedMoves(folders, (path, name) => this.readMail(path, name), pathOf)) {
      folder.messages = folder.messages.filter((message) => message.file !== file);
      this.saveIndex(folder);
      this.removeMail(folder.path, file);
    }
    return folders;
  }

  /** Every folder that has an index, as it lies on the disk. */
  indexes(): FolderIndex[] {
    return readdirSync(this.#dir).flatMap((name) => {
      const folder = join(this.#dir, name);
      const files = readdirSync(folder);
      for (const file of files) if (file.endsWith('.tmp')) rmSync(join(folder, file));
      return files.includes(INDEX) ? [FolderIndex.parse(JSON.parse(readFileSync(join(folder, INDEX), 'utf8')))] : [];
    });
  }

  readMail(path: string, file: string): Buffer {
    return readFileSync(join(this.#folder(path), file));
  }

  /** Keeps a mail; answers its file name. It belongs to the folder only once the index names it. */
  addMail(path: string, raw: Buffer): string {
    const file = `${randomUUID()}.eml`;
    this.#write(path, file, raw);
    return file;
  }

  saveIndex(index: FolderIndex): void {
    this.#write(index.path, INDEX, Buffer.from(JSON.stringify(index, null, 1)));
  }

  removeMail(path: string, file: string): void {
    rmSync(join(this.#folder(path), file), { force: true });
  }

  removeFolder(path: string): void {
    rmSync(this.#folder(path), { recursive: true, force: true });
  }

  #folder(path: string): string {
    return join(this.#dir, encodeURIComponent(path).replaceAll('.', '%2E'));
  }

  /** Temporary file, fsync, rename: the name holds all of it or the former content. */
  #write(path: string, name: string, content: Buffer): void {
    const folder = this.#folder(path);
    mkdirSync(folder, { recursive: true });
    const temporary = join(folder, `${name}.${randomUUID()}.tmp`);
    const file = openSync(temporary, 'wx');
    try {
      writeSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, join(folder, name));
  }
}
