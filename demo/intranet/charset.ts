/**
 * ISO-8859-2 as browsers speak it (WHATWG Encoding and URL standards). A page is sent in this charset; a form comes back
 * in it, and a character that it lacks arrives as the text of a numeric reference: "€" as `&#8364;`.
 */
export const CHARSET = 'iso-8859-2';

/** Largest form body that is read; the entry form with every field full takes under 4 kB. */
const MAX_FORM_BYTES = 64 * 1024;

const decoder = new TextDecoder(CHARSET);
const BYTE_OF = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));

/** Text as ISO-8859-2; what the charset lacks becomes a numeric character reference, which HTML shows as it was. */
export function encodePage(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (const character of text) {
    const byte = BYTE_OF.get(character);
    if (byte !== undefined) bytes.push(byte);
    else bytes.push(...Buffer.from(`&#${character.codePointAt(0)};`, 'latin1'));
  }
  return Uint8Array.from(bytes);
}

/** Fields of one form by name; of a name sent twice the last value counts, as in CGI programs of the time. */
export type Fields = ReadonlyMap<string, string>;

/** Reads an `application/x-www-form-urlencoded` body or query string in ISO-8859-2. Throws RangeError over 64 kB. */
export function parseForm(body: string): Fields {
  if (body.length > MAX_FORM_BYTES) throw new RangeError(`a form has at most ${MAX_FORM_BYTES} bytes`);
  const pairs = body.split('&').filter((pair) => pair !== '');
  return new Map(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decodePart(name), decodePart(value.join('='))];
    }),
  );
}

function decodePart(part: string): string {
  const latin = part
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return decoder.decode(Buffer.from(latin, 'latin1'));
}

/** A form body as a browser sends it from a page in ISO-8859-2. For tests and scripts that do without a browser. */
export function formBody(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
    .join('&');
}

/** Percent-encodes every byte: longer than a browser would, but the same to any reader. */
function percent(text: string): string {
  return [...encodePage(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
