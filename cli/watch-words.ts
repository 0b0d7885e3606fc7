import type { WatchEvent } from '../bots/mailbox/index.ts';

/** What happens at a mailbox, as one line for an operator. */
export function watchWords(event: WatchEvent): string {
  const mailbox = `mailbox ${event.mailbox}`;
  switch (event.type) {
    case 'connected':
      return `${mailbox}: watching${event.idle ? '' : ' (by polling: the server has no IDLE)'}`;
    case 'disconnected':
      return `${mailbox}: not reachable, next try in ${seconds(event.retryInMs)}: ${event.detail}`;
    case 'authentication-failed':
      return `${mailbox}: the server rejects the user name or password, next try in ${seconds(event.retryInMs)}: ${event.detail}`;
    case 'uidvalidity-changed':
      return `${mailbox}: the server has renumbered its mails; checking all of them again`;
    case 'filed':
      return `${mailbox}: ${event.messageId} → ${event.folder}${event.reason ? ` (${event.reason})` : ''}`;
    case 'handler-failed':
      return `${mailbox}: ${event.messageId} stays in the inbox, attempt ${event.attempt}, next in ${seconds(event.retryInMs)}: ${event.detail}`;
    case 'not-in-trail':
      return `${mailbox}: ${event.messageId} is in quarantine, but could not be recorded in the audit trail: ${event.detail}`;
  }
}

const seconds = (milliseconds: number): string => `${Math.ceil(milliseconds / 1000)} s`;
