/** The part of hoodiecrow-imap that the demo's mail server uses; the package has no types of its own. */
declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net';

  /** `raw` holds bytes as characters 0 to 255 ("binary" string). */
  export type Message = { raw: string; uid?: number; flags?: string[]; internaldate?: string };
  export type Mailbox = {
    path?: string;
    messages?: Message[];
    uidvalidity?: number;
    uidnext?: number;
    folders?: Record<string, Mailbox>;
    separator?: string;
  };
  export type Response = { tag: string; command?: string };
  export type ImapServer = {
    server: Server;
    folderCache: Record<string, Mailbox>;
    outputHandlers: ((connection: unknown, response: Response) => void)[];
    listen(port: number, host: string, ready: () => void): void;
    appendMessage(mailbox: string, flags: string[], date: Date, raw: string): { message: Message };
  };

  export default function hoodiecrow(options: {
    plugins?: string[];
    users: Record<string, { password: string }>;
    storage: Record<string, Mailbox>;
  }): ImapServer;
}
