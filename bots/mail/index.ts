export { escapeHtml, htmlOfText } from './html.ts';
export { createMailer } from './mailer.ts';
export { domainOf, messageIdFor } from './message-id.ts';
export { renderTemplate } from './render-template.ts';
export type { Mailer, MailerSettings, OutgoingMail, SendResult } from './types.ts';
