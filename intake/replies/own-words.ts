/** How mail programs begin what they quote, in the languages that people here write. */
const QUOTE_BEGINS = [
  /^>/,
  /^(On|W dniu|Dnia|Am|Le) .{4,200}(wrote|napisał|napisała|napisał\(a\)|pisze|schrieb|a écrit)\s*:?\s*$/i,
  /^(W dniu|Dnia|On|Am) .{4,200},?\s*$/i,
  /^-{2,}\s*(Original Message|Wiadomość oryginalna|Oryginalna wiadomość|Forwarded message|Ursprüngliche Nachricht)\s*-{2,}/i,
  /^_{10,}\s*$/,
  /^(From|Od|Von):\s.+$/i,
];
/** RFC 3676, section 4.3: the line before a signature. Many programs drop its blank. */
const SIGNATURE = /^--\s?$/;
/** Lines that only announce a quote when the quote follows: a sentence may begin with "On" too. */
const NEEDS_QUOTE = 2;

/** What a person wrote in a reply themselves: without what they quote and without their signature. */
export function ownWords(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const end = lines.findIndex((line, i) => SIGNATURE.test(line) || beginsQuote(lines, i));
  return (end === -1 ? lines : lines.slice(0, end)).join('\n').trim();
}

function beginsQuote(lines: readonly string[], at: number): boolean {
  const line = lines[at]?.trim() ?? '';
  const kind = QUOTE_BEGINS.findIndex((pattern) => pattern.test(line));
  if (kind !== NEEDS_QUOTE) return kind !== -1;
  // The announcement may be broken over two lines: "On Monday," and "Ben wrote:".
  const next = lines.slice(at + 1, at + 4).map((other) => other.trim());
  return next.some((other) => other.startsWith('>') || /(wrote|napisał.*|pisze|schrieb)\s*:$/i.test(other));
}
