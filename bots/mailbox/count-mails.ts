import { classify, connect, disconnect } from './connect.ts';
import type { MailboxConnection } from './types.ts';

/** Mails in the folders of a mailbox, as the server counts them. */
export type MailCounts = { inbox: number; processed: number; quarantine: number };

/** Asks the server how many mails each folder holds (IMAP STATUS); changes nothing. A folder that is not there holds none. */
export async function countMails(connection: MailboxConnection): Promise<MailCounts> {
  const client = await connect(connection);
  try {
    const listed = (await client.list({ listOnly: true })).map(({ path }) => path.toLowerCase());
    const count = async (path: string): Promise<number> => {
      if (!listed.includes(path.toLowerCase())) return 0;
      const status = await client.status(path, { messages: true });
      return (status && status.messages) || 0;
    };
    return {
      inbox: await count(connection.folder),
      processed: await count(connection.processed),
      quarantine: await count(connection.quarantine),
    };
  } catch (error) {
    throw classify(error, connection);
  } finally {
    await disconnect(client);
  }
}
