/** Something the product needs that is no npm package. */
export type Part = {
  name: string;
  /** What it is for, in a few words. */
  purpose: string;
  /** Looks without changing anything. */
  find(): Promise<Found | undefined>;
  /** Puts it in place, saying what it does and why. Throws an error that says how to mend it by hand. */
  install(say: (text: string) => void): Promise<Found>;
  /** How a person puts it in place. */
  mend: string;
};

export type Found = { path: string; version: string; how: string };

/** Finds a part, or installs it. Idempotent. */
export async function ensure(part: Part, say: (text: string) => void): Promise<Found> {
  const found = await part.find();
  if (found) return found;
  say(`${part.name} is missing (${part.purpose}); putting it in place …`);
  const installed = await part.install(say);
  say(`${part.name} ${installed.version}: ${installed.path}`);
  return installed;
}
