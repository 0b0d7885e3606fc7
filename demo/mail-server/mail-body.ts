import { escapeHtml, htmlOfText } from '../../bots/mail/index.ts';
import type { ShownMail } from './parsed-mail.ts';

/**
 * The document inside the sandboxed frame: the mail's HTML as sent, or its text. Links open in a new tab. The frame
 * runs no script and the policy of its response loads nothing from outside.
 */
export function bodyDocument(mail: ShownMail): string {
  const content = mail.html ?? htmlOfText(mail.text, { title: mail.subject, language: 'en' });
  const head = '<base target="_blank"><meta name="color-scheme" content="light">';
  const at = /<head[^>]*>/i.exec(content);
  if (at) return content.slice(0, at.index + at[0].length) + head + content.slice(at.index + at[0].length);
  return `<!doctype html><html><head><meta charset="utf-8">${head}<title>${escapeHtml(mail.subject)}</title></head><body>${content}</body></html>`;
}

/** `Content-Disposition` of a download, with the name in RFC 8187 form: no name of a sender can end the header. */
export function contentDisposition(name = 'attachment'): string {
  return `attachment; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, encodeOne)}`;
}

function encodeOne(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
