import { z } from 'zod';

/** `sha256:` and 64 hex digits: the content hash that names a stored file. Histories carry this, never bytes. */
export const ArtefactId = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'an artefact id is "sha256:" and 64 hex digits');

/** A stored file: a mail's attachment, a page image, a screenshot, the mail itself. */
export const Artefact = z.object({
  id: ArtefactId,
  name: z.string().describe('File name as people know it'),
  mediaType: z.string().describe('IANA media type, for example application/pdf'),
  size: z.number().int().nonnegative().describe('Bytes'),
});
export type Artefact = z.infer<typeof Artefact>;

/** A file in memory, on its way between a bot and the artefact store. */
export type FileContent = { name: string; mediaType: string; bytes: Uint8Array };
