/** How people write what an old code page lacks. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['–', '-'],
  ['—', '-'],
  ['…', '...'],
  ['„', '"'],
  ['”', '"'],
  ['“', '"'],
  ['’', "'"],
  ['\u00a0', ' '],
]);

/** The text without the given characters: each in its usual spelling, without its accent, or as a question mark. */
export function respell(text: string, characters: string): string {
  return Array.from(text, (character) => (characters.includes(character) ? plain(character) : character)).join('');
}

function plain(character: string): string {
  const base = character.normalize('NFD').replace(/\p{M}/gu, '');
  return SPELLINGS.get(character) ?? (/^[\x20-\x7e]+$/.test(base) ? base : '?');
}
