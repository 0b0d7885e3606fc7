import { Artefact, type FileContent } from '../../core/model/artefact.ts';

/** Files of a body, by the very values that stand for them. */
export type SentFiles = { get(value: unknown): File | undefined };

/** A reference and nothing else: an object that merely resembles one is data. */
const Reference = Artefact.strict();

/** Fetches the stored files that a body is, or has among its parts. Throws where one is missing or damaged. */
export async function filesOf(body: unknown, artefact: (id: string) => Promise<FileContent>): Promise<SentFiles> {
  const parts = typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.values(body).flat() : [];
  const found = new Map<unknown, File>();
  for (const value of [body, ...parts]) {
    const { data } = Reference.safeParse(value);
    if (!data) continue;
    const { bytes } = await artefact(data.id);
    found.set(value, new File([Uint8Array.from(bytes)], data.name, { type: data.mediaType }));
  }
  return found;
}
