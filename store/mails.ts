import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { MailAccount, MailFate } from '../core/model/mail-account.ts';
import type { Database } from './database.ts';

/** A copy of a mail on the server. `content`: hash of what it says; undefined where it cannot be read. */
export type SeenMail = { mailbox: string; copy: string; messageId: string; content?: string | undefined };

/** What became of a copy. `folder`: where it is filed. */
export type MailDecision = {
  fate: MailFate;
  folder: 'processed' | 'quarantine';
  runs?: readonly string[];
  reason?: string | undefined;
};

/** What is known of a mail when it is seen: what was decided of this very copy, of its twins, and of its namesakes. */
export type KnownMail = {
  decided?: { fate: MailFate; runs: string[]; reason: string | null };
  /** An earlier copy with the same Message-ID and content that was taken. */
  twin?: { fate: MailFate; runs: string[] };
  /** Another mail has the same Message-ID. */
  namesake: boolean;
};

/** Fates after which the same mail has nothing left to start. */
const TAKEN: readonly MailFate[] = ['run', 'reply'];

/** The account of every mailbox: each copy of a mail that was seen, and what became of it. */
export class Mails {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Notes that a copy is in the inbox, before anything is done about it. Answers what is known of the mail: after a
   * crash the same copy is seen again, which makes it no twin of itself.
   */
  async see({ mailbox, copy, messageId, content }: SeenMail): Promise<KnownMail> {
    await this.#db
      .insertInto('mails')
      .values({ mailbox, copy, message_id: messageId, content: content ?? null, seen_at: new Date().toISOString() })
      .onConflict((c) => c.columns(['mailbox', 'copy']).doNothing())
      .execute();
    const rows = await this.#db
      .selectFrom('mails')
      .select(['copy', 'content', 'fate', 'runs', 'reason'])
      .where('mailbox', '=', mailbox)
      .where('message_id', '=', messageId)
      .orderBy('seen_at')
      .execute();
    const own = rows.find((row) => row.copy === copy);
    const others = rows.filter((row) => row.copy !== copy);
    const taken = others.find(({ content: other, fate }) => other === content && fate && TAKEN.includes(fate));
    return {
      ...(own?.fate && { decided: { fate: own.fate, runs: own.runs, reason: own.reason } }),
      ...(taken?.fate && { twin: { fate: taken.fate, runs: taken.runs } }),
      namesake: others.some((row) => row.content !== content),
    };
  }

  /** Notes what became of a copy, before it is filed. */
  async decide({ mailbox, copy }: SeenMail, { fate, folder, runs = [], reason }: MailDecision): Promise<void> {
    await this.#db
      .updateTable('mails')
      .set({
        ...{ fate, folder, runs: JSON.stringify(runs), reason: reason ?? null },
        decided_at: new Date().toISOString(),
      })
      .where('mailbox', '=', mailbox)
      .where('copy', '=', copy)
      .execute();
  }

  /** Notes that a run has moved a mail: all its copies, as `mailbox.file` does. */
  async moved({ mailbox, messageId, content }: Omit<SeenMail, 'copy'>, folder: MailDecision['folder']): Promise<void> {
    await this.#db
      .updateTable('mails')
      .set({ folder })
      .where('mailbox', '=', mailbox)
      .where('message_id', '=', messageId)
      .$if(content !== undefined, (query) => query.where('content', '=', content ?? ''))
      .execute();
  }

  /** Runs that the mails of that Message-ID started, in the order in which the mails came. */
  async runsOf(mailbox: string, messageId: string): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('mails')
      .select('runs')
      .where('mailbox', '=', mailbox)
      .where('message_id', '=', messageId)
      .orderBy('seen_at')
      .execute();
    return [...new Set(rows.flatMap(({ runs }) => runs))];
  }

  /** The account of each mailbox that mail came into, by name. */
  async accounts(): Promise<MailAccount[]> {
    const rows = await this.#db
      .selectFrom('mails')
      .select(['mailbox', 'fate', 'folder', sql<string>`count(*)`.as('count')])
      .groupBy(['mailbox', 'fate', 'folder'])
      .execute();
    const names = [...new Set(rows.map(({ mailbox }) => mailbox))].sort();
    return names.map((mailbox) => {
      const count = (fits: (row: (typeof rows)[number]) => boolean): number =>
        rows.filter((row) => row.mailbox === mailbox && fits(row)).reduce((sum, row) => sum + Number(row.count), 0);
      return {
        mailbox,
        in: count(() => true),
        runs: count(({ fate }) => fate === 'run'),
        twins: count(({ fate }) => fate === 'twin'),
        replies: count(({ fate }) => fate === 'reply'),
        quarantine: count(({ fate }) => fate === 'quarantine'),
        refused: count(({ fate }) => fate === 'refused'),
        waiting: count(({ fate }) => fate === null),
        folders: {
          processed: count(({ folder }) => folder === 'processed'),
          quarantine: count(({ folder }) => folder === 'quarantine'),
        },
      };
    });
  }
}
