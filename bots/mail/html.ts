/** Escapes text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;
/** A line that is a label and an address becomes a button: `Approve: https://…`. */
const BUTTON = /^([^:\n]{1,60}):\s+(https?:\/\/\S+)$/;

// Mail programs drop style sheets: every rule stands on its element. Colours keep 4.5:1 on white (WCAG 2.2 AA).
const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5";
const PARAGRAPH = 'margin:0 0 16px;overflow-wrap:anywhere';
const BUTTON_STYLE =
  'display:inline-block;padding:12px 20px;border-radius:8px;background:#1d4ed8;color:#ffffff;' +
  'text-decoration:none;font-weight:600';

/**
 * A plain, narrow HTML body made of text: blank lines part paragraphs, lines that start with "- " are lists, addresses
 * are links, a line `Label: https://…` is a button. Nothing of the text is taken as HTML.
 */
export function htmlOfText(text: string, page: { title: string; language: string }): string {
  const blocks = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n{2,}/);
  return [
    `<!doctype html><html lang="${escapeHtml(page.language)}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width"><title>${escapeHtml(page.title)}</title></head>`,
    `<body style="margin:0;padding:24px 16px;background:#ffffff;color:#1f2937;${FONT}">`,
    `<div style="max-width:600px;margin:0 auto">${blocks.map(block).join('\n')}</div></body></html>`,
  ].join('\n');
}

function block(text: string): string {
  const lines = text.split('\n');
  if (lines.every((line) => line.startsWith('- '))) {
    const items = lines.map((line) => `<li style="margin:0 0 4px">${withLinks(line.slice(2))}</li>`);
    return `<ul style="${PARAGRAPH};padding-left:24px">${items.join('')}</ul>`;
  }
  return `<p style="${PARAGRAPH}">${lines.map(line).join('<br>\n')}</p>`;
}

function line(text: string): string {
  const [, label, address] = BUTTON.exec(text.trim()) ?? [];
  if (label === undefined || address === undefined) return withLinks(text);
  return `<a href="${escapeHtml(address)}" style="${BUTTON_STYLE}">${escapeHtml(label)}</a>`;
}

function withLinks(text: string): string {
  let html = '';
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = escapeHtml(match[0]);
    html += `${escapeHtml(text.slice(end, match.index))}<a href="${address}" style="color:#1d4ed8">${address}</a>`;
    end = match.index + match[0].length;
  }
  return html + escapeHtml(text.slice(end));
}
