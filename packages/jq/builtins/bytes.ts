/** The bytes of a string in UTF-8; a lone surrogate becomes U+FFFD. TextEncoder is not there in every sandbox. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), continuation(point));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), continuation(point >> 6), continuation(point));
    else bytes.push(0xf0 | (point >> 18), continuation(point >> 12), continuation(point >> 6), continuation(point));
  }
  return bytes;
}

/** The string that UTF-8 bytes spell, with U+FFFD for each maximal part that is not UTF-8 (Unicode 15, section 3.9). */
export function utf8Text(bytes: readonly number[]): { text: string; valid: boolean } {
  let text = '';
  let valid = true;
  for (let at = 0; at < bytes.length;) {
    const { point, length } = decode(bytes, at);
    if (point === null) valid = false;
    text += String.fromCodePoint(point ?? 0xfffd);
    at += length;
  }
  return { text, valid };
}

/** Least and greatest second byte after the lead bytes that allow not all (no overlong forms, no surrogates). */
const SECOND: Readonly<Record<number, readonly [number, number]>> = {
  0xe0: [0xa0, 0xbf],
  0xed: [0x80, 0x9f],
  0xf0: [0x90, 0xbf],
  0xf4: [0x80, 0x8f],
};

function decode(bytes: readonly number[], at: number): { point: number | null; length: number } {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return { point: lead, length: 1 };
  const more = lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0;
  if (more === 0) return { point: null, length: 1 };
  let point = lead & (0x3f >> more);
  for (let i = 1; i <= more; i++) {
    const [least, most] = i === 1 ? (SECOND[lead] ?? [0x80, 0xbf]) : [0x80, 0xbf];
    const byte = bytes[at + i];
    if (byte === undefined || byte < least || byte > most) return { point: null, length: i };
    point = (point << 6) | (byte & 0x3f);
  }
  return { point, length: more + 1 };
}

function continuation(point: number): number {
  return 0x80 | (point & 0x3f);
}
