export { fileMail } from './file-mail.ts';
export type {
  Folder,
  MailboxConnection,
  MailCopy,
  MailHandler,
  ReceivedMail,
  RefusedMail,
  WatchEvent,
} from './types.ts';
export { watchMailbox, type WatchContext } from './watch.ts';
export { countMails } from './count-mails.ts';
