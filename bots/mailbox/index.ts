export { fileMail } from './file-mail.ts';
export type { Folder, MailboxConnection, MailHandler, ReceivedMail, WatchEvent } from './types.ts';
export { watchMailbox, type WatchContext } from './watch.ts';
