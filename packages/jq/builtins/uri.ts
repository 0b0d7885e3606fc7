import { toText, typeError } from '../values/text.ts';
import { utf8Bytes, utf8Text } from './bytes.ts';

/** Characters that stay (RFC 3986, section 2.3, "unreserved"). */
const UNRESERVED = /^[A-Za-z0-9\-._~]$/;
const HEX = /^[0-9a-fA-F]{2}$/;

/** Percent-encodes all but the unreserved characters. */
export function encodeUri(text: string): string {
  let out = '';
  for (const character of text) {
    if (UNRESERVED.test(character)) out += character;
    else for (const byte of utf8Bytes(character)) out += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/** Decodes percent-encoding (jq 1.8's `@urid`); raises where it is broken or not UTF-8. */
export function decodeUri(value: unknown): string {
  const source = utf8Bytes(toText(value));
  const bytes: number[] = [];
  for (let at = 0; at < source.length; at++) {
    const byte = source[at] ?? 0;
    if (byte !== 0x25) {
      bytes.push(byte);
      continue;
    }
    const digits = String.fromCharCode(...source.slice(at + 1, at + 3));
    if (!HEX.test(digits)) throw typeError(value, 'is not a valid uri encoding');
    bytes.push(Number.parseInt(digits, 16));
    at += 2;
  }
  const { text, valid } = utf8Text(bytes);
  if (!valid) throw typeError(value, 'is not a valid uri encoding');
  return text;
}
