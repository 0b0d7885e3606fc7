/** Text that PostgreSQL and JSON can keep: no NUL, and no half of a surrogate pair. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

/**
 * The beginning of a text, at most `most` UTF-16 units long, that never ends in half of a surrogate pair: such a half
 * is refused by databases (RFC 8259, 8.2), so that a letter at the wrong place would hold up all that follows.
 */
export function cutText(text: string, most: number): string {
  const cut = text.slice(0, Math.max(0, most));
  const last = cut.charCodeAt(cut.length - 1);
  const isHalf = cut.length < text.length && last >= 0xd800 && last <= 0xdbff;
  return isHalf ? cut.slice(0, -1) : cut;
}
