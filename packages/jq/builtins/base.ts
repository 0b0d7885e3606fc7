import { toText, typeError } from '../values/text.ts';
import { utf8Bytes, utf8Text } from './bytes.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS_IN_BYTE = 8;

/** Base64 (RFC 4648, section 4) of the text in UTF-8. */
export function encodeBase64(text: string): string {
  return encode(text, BASE64, 6, 4);
}

/** Base32 (RFC 4648, section 6) of the text in UTF-8. */
export function encodeBase32(text: string): string {
  return encode(text, BASE32, 5, 8);
}

/** The text that Base64 spells; padding may be missing, what is not UTF-8 becomes U+FFFD. */
export function decodeBase64(value: unknown): string {
  const text = toText(value).replace(/=[^]*$/, '');
  if (text.length % 4 === 1) throw typeError(value, 'trailing base64 byte found');
  return decode(value, text, BASE64, 6, 'is not valid base64 data');
}

/** The text that Base32 spells. */
export function decodeBase32(value: unknown): string {
  return decode(value, toText(value).replace(/=[^]*$/, ''), BASE32, 5, 'is not valid base32 data');
}

function encode(text: string, alphabet: string, bits: number, group: number): string {
  let out = '';
  let buffer = 0;
  let held = 0;
  for (const byte of utf8Bytes(text)) {
    buffer = ((buffer << BITS_IN_BYTE) | byte) & 0xffff;
    held += BITS_IN_BYTE;
    while (held >= bits) {
      held -= bits;
      out += alphabet[(buffer >> held) & ((1 << bits) - 1)];
    }
  }
  if (held > 0) out += alphabet[(buffer << (bits - held)) & ((1 << bits) - 1)];
  return out.padEnd(Math.ceil(out.length / group) * group, '=');
}

function decode(value: unknown, text: string, alphabet: string, bits: number, message: string): string {
  const bytes: number[] = [];
  let buffer = 0;
  let held = 0;
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) throw typeError(value, message);
    buffer = ((buffer << bits) | digit) & 0xffff;
    held += bits;
    if (held < BITS_IN_BYTE) continue;
    held -= BITS_IN_BYTE;
    bytes.push((buffer >> held) & 0xff);
  }
  return utf8Text(bytes).text;
}
