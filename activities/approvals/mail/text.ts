import type { MailContent } from './content.ts';

/** The plain text beside the HTML: everything that the HTML says, in the same order. */
export function mailText(content: MailContent): string {
  const { messages } = content;
  const paragraphs = [
    `${content.lead}.`,
    `${content.supplier}\n${content.amount}`,
    content.before.join('\n'),
    content.facts.map(({ label, value, note }) => `${label}: ${value}${note ? ` (${note})` : ''}`).join('\n'),
    findings(content),
    `${content.button}:\n${content.link}`,
    content.until,
    `${messages.harmless} ${messages.yours}`,
    // RFC 3676, section 4.3: the signature separator keeps its blank.
    `-- \n${messages.sentBy(content.company)}`,
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function findings(content: MailContent): string {
  if (content.findings.length === 0) return '';
  return [`${content.messages.findings}:`, ...content.findings.map(({ text }) => `- ${text}`)].join('\n');
}
