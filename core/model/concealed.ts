/** Shorter ones would blank out ordinary words. */
const SHORTEST = 6;
const REPLACEMENT = '[secret]';

/** Every spelling of a secret that this process has used. */
const known = new Set<string>();

/** Remembers a secret that is about to be used, so that no message of this process shows it. */
export function rememberSecret(value: string): void {
  if (value.length < SHORTEST) return;
  const base64 = Buffer.from(value).toString('base64');
  for (const spelling of [value, encodeURIComponent(value), base64, base64.replaceAll('=', '')]) known.add(spelling);
}

/** A text without secrets: services like to say back what they were sent. */
export function conceal(text: string): string {
  let concealed = text;
  for (const spelling of known) concealed = concealed.replaceAll(spelling, REPLACEMENT);
  return concealed;
}
