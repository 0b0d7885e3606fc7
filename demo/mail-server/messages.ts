/** Texts of the demo's mailbox pages. */
const en = {
  mailboxes: 'Mailboxes',
  mailboxesHint: 'The demo’s people and robots. Everything here stays on this machine.',
  folders: 'Folders',
  inbox: 'Inbox',
  empty: 'No mails here yet. They appear by themselves.',
  noSubject: '(no subject)',
  from: 'From',
  to: 'To',
  attachments: 'Attachments',
  body: 'Text of the mail',
  back: 'Back',
  notFound: 'This mail is not here. It may have been moved to another folder.',
  unreadable: 'This mail cannot be shown.',
  count: (n: number) => (n === 1 ? '1 mail' : `${n} mails`),
};

export type MailboxMessages = typeof en;

const pl: MailboxMessages = {
  mailboxes: 'Skrzynki pocztowe',
  mailboxesHint: 'Osoby i roboty z pokazu. Nic nie opuszcza tego komputera.',
  folders: 'Foldery',
  inbox: 'Odebrane',
  empty: 'Nie ma tu jeszcze wiadomości. Pojawią się same.',
  noSubject: '(bez tematu)',
  from: 'Od',
  to: 'Do',
  attachments: 'Załączniki',
  body: 'Treść wiadomości',
  back: 'Wstecz',
  notFound: 'Tej wiadomości tu nie ma. Mogła zostać przeniesiona do innego folderu.',
  unreadable: 'Tej wiadomości nie da się pokazać.',
  // The plural is the same word after every number but one.
  count: (n) => (n === 1 ? '1 wiadomość' : `${n} wiadomości`),
};

export const mailboxMessages = { en, pl };
