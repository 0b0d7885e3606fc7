import type { MailContent } from './content.ts';

/** The plain text beside the HTML: everything that the HTML says, in the same order. */
export function mailText(content: MailContent): string {
  const { messages, facts = [], before = [], items = [], action } = content;
  const paragraphs = [
    `${content.lead}.`,
    [content.heading, content.amount].filter(Boolean).join('\n'),
    before.join('\n'),
    quoted(content.quote),
    content.code ?? '',
    items.map(({ what, amount, note }) => `- ${[what, amount, note].filter(Boolean).join(', ')}`).join('\n'),
    facts.map(({ label, value, note }) => `${label}: ${value}${note ? ` (${note})` : ''}`).join('\n'),
    findings(content),
    action ? `${action.button}:\n${action.link}` : '',
    ...content.after,
    // RFC 3676, section 4.3: the signature separator keeps its blank.
    `-- \n${messages.sentBy(content.company)}`,
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function quoted(words: string | undefined): string {
  if (!words) return '';
  return words
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

function findings({ findings: found = [], messages }: MailContent): string {
  if (found.length === 0) return '';
  return [`${messages.findings}:`, ...found.map(({ text }) => `- ${text}`)].join('\n');
}
