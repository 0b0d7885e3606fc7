/** Where a number or word ends. */
const DELIMITERS = new Set([' ', '\t', '\n', '\r', ',', ':', '[', ']', '{', '}', '"']);
const SPACE = new Set([' ', '\t', '\n', '\r']);

/** The JSON values of a text one after another, with or without space between. Throws SyntaxError at what is not JSON. */
export function* readJsonValues(text: string): Generator {
  let at = skipSpace(text, text.startsWith('\ufeff') ? 1 : 0);
  while (at < text.length) {
    const end = valueEnd(text, at);
    yield JSON.parse(text.slice(at, end)) as unknown;
    at = skipSpace(text, end);
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (SPACE.has(text[at] ?? '')) at++;
  return at;
}

/** The end of the value that begins at `from`; its inside is left to JSON.parse. */
function valueEnd(text: string, from: number): number {
  const first = text[from] ?? '';
  if (first === '"') return stringEnd(text, from);
  if (first !== '[' && first !== '{') {
    let at = from + 1;
    while (at < text.length && !DELIMITERS.has(text[at] ?? '')) at++;
    return at;
  }
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = stringEnd(text, at) - 1;
    else if (character === '[' || character === '{') depth++;
    else if ((character === ']' || character === '}') && --depth === 0) return at + 1;
  }
  return text.length;
}

function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
