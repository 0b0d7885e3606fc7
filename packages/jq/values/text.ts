import { MAX_NESTING, MAX_STRING } from '../bounds.ts';
import { JqBoundError, JqError } from '../errors.ts';
import { formatNumber } from './numbers.ts';
import { sortedKeys } from './order.ts';
import { isArray, member, typeOf, type JsonObject } from './types.ts';

/** Characters of a value that an error message shows (jq's ERRORMAX_TRUNC_LEN, in bytes). */
const EXCERPT = 30 - 1;
const DELIMITERS: Record<string, string> = { '"': '"', '[': ']', '{': '}' };

/** A value as one line of JSON, keys in the order they have, numbers as {@link formatNumber} writes them. */
export function toJson(value: unknown, options: { sortKeys?: boolean } = {}): string {
  const writing: Writing = { parts: [], left: MAX_STRING, sortKeys: options.sortKeys ?? false };
  write(value, writing, 0);
  if (writing.left < 0) {
    throw new JqBoundError('string', MAX_STRING, `A value as JSON has more than ${MAX_STRING} characters.`);
  }
  return writing.parts.join('');
}

/** `tostring`: strings as they are, all else as JSON. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : toJson(value);
}

/** The value as error messages show it: at most 29 bytes with the closing delimiter kept (jq 1.8). */
export function excerpt(value: unknown): string {
  const writing: Writing = { parts: [], left: EXCERPT + 1, sortKeys: false };
  write(value, writing, 0);
  const json = writing.parts.join('');
  if (utf8Length(json) <= EXCERPT) return json;
  const closing = DELIMITERS[json[0] ?? ''] ?? '';
  const room = EXCERPT - 3 - closing.length;
  let used = 0;
  let text = '';
  for (const character of json) {
    used += utf8Length(character);
    if (used > room) break;
    text += character;
  }
  return `${text}...${closing}`;
}

/** The error a builtin raises about one value: "string (\"a\") message". */
export function typeError(value: unknown, message: string): JqError {
  return new JqError(`${typeOf(value)} (${excerpt(value)}) ${message}`);
}

/** The error an operator raises about two values. */
export function typeErrorOf(a: unknown, b: unknown, message: string): JqError {
  return new JqError(`${typeOf(a)} (${excerpt(a)}) and ${typeOf(b)} (${excerpt(b)}) ${message}`);
}

/** Bytes of a string in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

interface Writing {
  readonly parts: string[];
  readonly sortKeys: boolean;
  /** Characters that may still be written; below zero, writing has stopped. */
  left: number;
}

function write(value: unknown, writing: Writing, depth: number): void {
  if (writing.left < 0) return;
  if (depth > MAX_NESTING)
    throw new JqBoundError('nesting', MAX_NESTING, `A value is nested deeper than ${MAX_NESTING}.`);
  if (isArray(value)) {
    for (let i = 0; i < value.length && writing.left >= 0; i++) {
      push(i === 0 ? '[' : ',', writing);
      write(value[i], writing, depth + 1);
    }
    return push(value.length === 0 ? '[]' : ']', writing);
  }
  if (typeof value === 'object' && value !== null) return writeObject(value as JsonObject, writing, depth);
  if (typeof value === 'number') return push(formatNumber(value), writing);
  if (typeof value === 'string') return push(quote(value.slice(0, writing.left + 1)), writing);
  push(typeOf(value) === 'null' ? 'null' : String(value), writing);
}

function writeObject(object: JsonObject, writing: Writing, depth: number): void {
  const keys = writing.sortKeys ? sortedKeys(object) : Object.keys(object);
  for (let i = 0; i < keys.length && writing.left >= 0; i++) {
    const key = keys[i] ?? '';
    push(`${i === 0 ? '{' : ','}${quote(key)}:`, writing);
    write(member(object, key), writing, depth + 1);
  }
  push(keys.length === 0 ? '{}' : '}', writing);
}

/** JSON.stringify escapes as jq does, but for U+007F. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}

function push(text: string, writing: Writing): void {
  writing.left -= text.length;
  writing.parts.push(text);
}
