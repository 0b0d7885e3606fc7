import { MAX_NAME_CHARS } from './limits.ts';

/**
 * Characters that have no place in a file name: controls, those that Windows forbids, and the invisible marks that
 * turn the direction of text (with them `fdp.exe` is shown as `exe.pdf`).
 */
const UNWANTED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}<>:"|?*]/gu;

/** Longest ending that is kept when a name is cut, with its dot: `.xlsx`, `.xhtml`, `.p7m`. */
const MAX_ENDING_CHARS = 10;

/**
 * A sender's file name, made harmless: no folders, no control or direction marks, no leading dots, bounded length with
 * its ending kept. Undefined when nothing is left. Encoded words and RFC 2231 are already decoded by the parser.
 */
export function cleanFileName(name: string | undefined): string | undefined {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(UNWANTED, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (plain === '') return undefined;
  const letters = Array.from(plain);
  if (letters.length <= MAX_NAME_CHARS) return plain;
  const ending = endingOf(plain);
  return letters.slice(0, MAX_NAME_CHARS - ending.length).join('') + ending;
}

/** Makes `name` different from those `taken`, as file managers do: `faktura.pdf`, `faktura (2).pdf`. Adds it to them. */
export function uniqueName(name: string, taken: Set<string>): string {
  const ending = endingOf(name);
  const stem = name.slice(0, name.length - ending.length);
  let candidate = name;
  for (let n = 2; taken.has(candidate.toLowerCase()); n += 1) candidate = `${stem} (${n})${ending}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}

function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.length - dot <= MAX_ENDING_CHARS ? name.slice(dot) : '';
}
