import type { AddressInfo, Socket } from 'node:net';
import hoodiecrow, { type ImapServer, type Mailbox, type Message } from 'hoodiecrow-imap';
import type { FolderIndex } from './folder-index.ts';
import { MailboxFiles } from './mailbox-files.ts';
import { messageIdOf } from './same-mail.ts';

export type MailUser = { email: string; password: string };

/** What the IMAP server offers beyond its core: what the mailbox bot uses. */
const PLUGINS = ['IDLE', 'MOVE', 'UIDPLUS', 'UNSELECT', 'ID', 'LITERALPLUS', 'SASL-IR', 'AUTH-PLAIN', 'NAMESPACE'];

/** A mail of a folder, with the name of its file. */
type Kept = { index: FolderIndex; files: Map<Message, string> };

/**
 * One user's mailbox: hoodiecrow serves it from memory, and before any command is answered the changes are on disk.
 * A mail that moves is written to its new folder before it leaves the old one: a crash in between shows it twice,
 * never not at all, and the next start keeps the copy in the new folder.
 */
export class PersistentMailbox {
  readonly email: string;
  readonly #imap: ImapServer;
  readonly #files: MailboxFiles;
  readonly #kept = new Map<string, Kept>();
  readonly #sockets = new Set<Socket>();

  constructor(user: MailUser, dir: string) {
    this.email = user.email;
    this.#files = new MailboxFiles(dir);
    const loaded = this.#files.load();
    this.#imap = hoodiecrow({
      plugins: PLUGINS,
      users: { [user.email]: { password: user.password } },
      storage: this.#storageOf(loaded),
    });
    for (const index of loaded) this.#keep(index);
    // Responses with a tag end a command: "OK" may be said only once the disk agrees.
    this.#imap.outputHandlers.push((_connection, response) => {
      if (response.tag !== '*' && response.tag !== '+') this.persist();
    });
    this.persist();
  }

  /** Listens on loopback; 0 takes a free port. Answers the port. Rejects where it is taken. */
  async listen(port: number): Promise<number> {
    this.#imap.server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      this.#imap.server.once('error', reject);
      this.#imap.listen(port, '127.0.0.1', resolve);
    });
    return (this.#imap.server.address() as AddressInfo).port;
  }

  /** Frees the port; watchers lose their connection, as with any server that stops. */
  close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#imap.server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    return closed;
  }

  /**
   * Puts a mail into the inbox and onto the disk; watchers hear of it by IDLE. One that is here already is confirmed and
   * dropped, as mail servers with duplicate suppression do: who did not hear our answer sends again.
   */
  deliver(raw: Buffer): void {
    const id = messageIdOf(raw);
    if (id !== undefined && this.folders().some((path) => this.messages(path).some((m) => messageIdOf(m.raw) === id)))
      return;
    this.#imap.appendMessage('INBOX', [], new Date(), raw.toString('binary'));
    this.persist();
  }

  markSeen(path: string, uid: number): void {
    const message = this.#imap.folderCache[path]?.messages?.find((one) => one.uid === uid);
    if (!message || message.flags?.includes('\\Seen')) return;
    message.flags = [...(message.flags ?? []), '\\Seen'];
    this.persist();
  }

  folders(): string[] {
    return Object.keys(this.#imap.folderCache);
  }

  messages(path: string): Message[] {
    return [...(this.#imap.folderCache[path]?.messages ?? [])];
  }

  /** Brings the disk to the state of the memory: first what is new anywhere, then what is gone. */
  persist(): void {
    const folders = Object.entries(this.#imap.folderCache);
    for (const [path, mailbox] of folders) this.#saveFolder(path, mailbox, { dropGone: false });
    for (const [path, mailbox] of folders) this.#saveFolder(path, mailbox, { dropGone: true });
    for (const path of this.#kept.keys()) {
      if (this.#imap.folderCache[path]) continue;
      this.#files.removeFolder(path);
      this.#kept.delete(path);
    }
  }

  #saveFolder(path: string, mailbox: Mailbox, { dropGone }: { dropGone: boolean }): void {
    const before = this.#kept.get(path);
    const present = mailbox.messages ?? [];
    const gone = [...(before?.files.keys() ?? [])].filter((message) => !present.includes(message));
    const files = new Map(before?.files);
    for (const message of present) {
      if (!files.has(message)) files.set(message, this.#files.addMail(path, Buffer.from(message.raw, 'binary')));
    }
    const stay = dropGone ? present : [...gone, ...present];
    const index = indexOf(path, mailbox, stay, files);
    if (JSON.stringify(index) !== JSON.stringify(before?.index)) this.#files.saveIndex(index);
    if (dropGone) {
      for (const message of gone) {
        this.#files.removeMail(path, files.get(message) ?? '');
        files.delete(message);
      }
    }
    this.#kept.set(path, { index, files });
  }

  #storageOf(loaded: FolderIndex[]): Record<string, Mailbox> {
    const folders: Record<string, Mailbox> = {};
    for (const index of loaded) if (index.path !== 'INBOX') folders[index.path] = this.#mailboxOf(index);
    const inbox = loaded.find((index) => index.path === 'INBOX');
    return {
      INBOX: inbox ? this.#mailboxOf(inbox) : { uidvalidity: newUidValidity() },
      '': { folders, separator: '/' },
    };
  }

  #mailboxOf(index: FolderIndex): Mailbox {
    const messages = index.messages.map((message) => ({
      uid: message.uid,
      flags: message.flags,
      internaldate: message.date,
      raw: this.#files.readMail(index.path, message.file).toString('binary'),
    }));
    return { uidvalidity: index.uidValidity, uidnext: index.uidNext, messages };
  }

  /** Notes which file each loaded message has, so that it is not written again. */
  #keep(index: FolderIndex): void {
    const messages = this.#imap.folderCache[index.path]?.messages ?? [];
    const files = new Map(messages.map((message, n) => [message, index.messages[n]?.file ?? '']));
    this.#kept.set(index.path, { index, files });
  }
}

function indexOf(path: string, mailbox: Mailbox, messages: Message[], files: Map<Message, string>): FolderIndex {
  return {
    path,
    uidValidity: mailbox.uidvalidity ?? newUidValidity(),
    uidNext: mailbox.uidnext ?? 1,
    messages: messages.map((message) => ({
      uid: message.uid ?? 0,
      file: files.get(message) ?? '',
      flags: [...(message.flags ?? [])],
      date: message.internaldate ?? '',
    })),
  };
}

/** Seconds since 1970, as RFC 3501 suggests: another one for every mailbox that is made anew. */
function newUidValidity(): number {
  return Math.floor(Date.now() / 1000);
}
