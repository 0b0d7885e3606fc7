import type { Artefact, FileContent } from '../definitions/model/artefact.ts';
import { documentRead } from '../definitions/functions/document-read.ts';
import { type DocumentReader, notOurOwn, type ReadPart } from '../bots/documents/index.ts';
import { activity } from './activity.ts';

export type DocumentDependencies = {
  reader: DocumentReader;
  /** VAT id of the company that gets the invoices. */
  ownVatId?: string | undefined;
  /** Passwords that encrypted PDFs are tried with. */
  passwords?: () => Promise<readonly string[]>;
  artefacts: { get(id: string): Promise<FileContent>; put(file: FileContent): Promise<Artefact> };
};

/** `document.read`: fetches the stored file, lets the bot read it, stores the page images. */
export function createDocumentActivities({ reader, artefacts, ownVatId, passwords }: DocumentDependencies) {
  return {
    [documentRead.name]: activity(documentRead, async ({ file }, { signal, onProgress }) => {
      const content = await artefacts.get(file.id);
      const stored = async ({ pages, invoice, ...read }: ReadPart) => {
        const images: Artefact[] = [];
        for (const page of pages) images.push(await artefacts.put(page));
        return { ...read, file, pages: images, ...(invoice && { invoice: notOurOwn(invoice, ownVatId) }) };
      };
      // The name belongs to this mail; the same bytes may have come under another one before.
      const { others, ...first } = await reader.read(
        { ...content, name: file.name },
        { signal, onProgress, ...(passwords && { passwords: await passwords() }) },
      );
      const found = await stored(first);
      const further: Awaited<ReturnType<typeof stored>>[] = [];
      for (const other of others) further.push(await stored(other));
      return { ...found, others: further };
    }),
  };
}
