import { isUtf8 } from 'node:buffer';
import type { Encoding } from '../../../core/model/table.ts';
import { CHUNK_BYTES, SAMPLE_BYTES } from './limits.ts';

/** What Windows programs in Poland write where they do not write Unicode. */
const LEGACY: Encoding = 'windows-1250';
/** Bytes that are ą, ś, ź (and their capitals) in ISO 8859-2, and signs that no table has in windows-1250. */
const ISO_ONLY = new Set([0xb1, 0xb6, 0xbc, 0xa1, 0xa6, 0xac]);
/** The same letters in windows-1250, where ISO 8859-2 has control characters or Czech letters. */
const WINDOWS_ONLY = new Set([0xb9, 0x9c, 0x9f, 0xa5, 0x8c, 0x8f]);

/** The encoding of a text file: by its byte order mark, else what its bytes allow. */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 1].map((first) => sample.filter((byte, at) => at % 2 === first && byte === 0).length);
  // Of Latin text in UTF-16 nearly every second byte is zero.
  if ((zeros[1] ?? 0) > sample.length / 4) return 'utf-16le';
  if ((zeros[0] ?? 0) > sample.length / 4) return 'utf-16be';
  if (isUtf8(bytes)) return 'utf-8';
  const hits = (letters: ReadonlySet<number>) => bytes.reduce((count, byte) => count + (letters.has(byte) ? 1 : 0), 0);
  return hits(ISO_ONLY) > hits(WINDOWS_ONLY) ? 'iso-8859-2' : LEGACY;
}

/** The text of a file, piece by piece, without a byte order mark. Throws a TypeError for bytes that the encoding does not have. */
export function* decoded(bytes: Uint8Array, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const text = decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
