const SPECIAL: Readonly<Record<string, string>> = {
  ł: 'l',
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  '’': "'",
  '‘': "'",
  '´': "'",
  '–': '-',
  '—': '-',
};

/** Small letters without diacritics, each character still at its own index but for ß, æ and œ. For comparing labels. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łßøæœ’‘´–—]/g, (letter) => SPECIAL[letter] ?? letter);
}
