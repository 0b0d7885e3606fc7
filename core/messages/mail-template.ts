import { z } from 'zod';

/**
 * A mail text beside a definition: `definitions/<department>/<name>/mails/<template>.<language>.yaml`.
 * Placeholders: `{{ supplier.name }}`, `{{ total | money currency }}`, `{{ dueDate | date }}`.
 */
export const MailTemplate = z.strictObject({
  subject: z.string().min(1),
  text: z.string().min(1).describe('Plain text; blank lines part paragraphs, addresses become links in HTML'),
  html: z.string().min(1).optional().describe('Body in HTML; without it, one is made from the text'),
});
export type MailTemplate = z.infer<typeof MailTemplate>;

/** How a value is shown. Without a format: as it is. */
export const PLACEHOLDER_FORMATS = ['money', 'number', 'date', 'time', 'list'] as const;
export type PlaceholderFormat = (typeof PLACEHOLDER_FORMATS)[number];

/** `{{ path | format argument }}`; `path` and `argument` are dotted names. */
export type Placeholder = { source: string; path: string; format?: PlaceholderFormat; argument?: string };

const PLACEHOLDER = /\{\{(.*?)\}\}/gs;
const PATH = '[A-Za-z_][\\w-]*(?:\\.[\\w-]+)*';
const INSIDE = new RegExp(`^\\s*(${PATH})\\s*(?:\\|\\s*(\\w+)(?:\\s+(${PATH}))?\\s*)?$`);

/**
 * Parts a text into literals and placeholders. Throws a SyntaxError that quotes what cannot be read and says what
 * may stand there.
 */
export function parseTemplateText(text: string): (string | Placeholder)[] {
  const parts: (string | Placeholder)[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    parts.push(literal(text.slice(end, match.index)), placeholder(match[0], match[1] ?? ''));
    end = match.index + match[0].length;
  }
  parts.push(literal(text.slice(end)));
  return parts.filter((part) => part !== '');
}

function literal(text: string): string {
  if (text.includes('{{'))
    throw new SyntaxError(`"${quote(text, '{{')}" opens a placeholder that is never closed by }}`);
  if (text.includes('}}'))
    throw new SyntaxError(`"${quote(text, '}}')}" closes a placeholder that was never opened by {{`);
  return text;
}

/** Characters of the text shown around a mistake. */
const QUOTED_CHARS = 30;

function quote(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return text.slice(Math.max(0, at - QUOTED_CHARS), at + QUOTED_CHARS).trim();
}

function placeholder(source: string, inside: string): Placeholder {
  const [, path, format, argument] = INSIDE.exec(inside) ?? [];
  if (path === undefined) {
    throw new SyntaxError(`${source} is not a placeholder; write {{ name }}, {{ name.part }} or {{ name | format }}`);
  }
  if (format === undefined) return { source, path };
  if (!isFormat(format)) {
    throw new SyntaxError(`${source}: unknown format "${format}"; known are ${PLACEHOLDER_FORMATS.join(', ')}`);
  }
  return { source, path, format, ...(argument !== undefined && { argument }) };
}

function isFormat(word: string): word is PlaceholderFormat {
  return PLACEHOLDER_FORMATS.some((format) => format === word);
}
