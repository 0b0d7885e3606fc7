import type { Artefact, FileContent } from '../core/model/artefact.ts';
import { documentClassify } from '../core/catalogue/document-classify.ts';
import { documentRead } from '../core/catalogue/document-read.ts';
import { type DocumentReader, notOurOwn, type ReadPart, withMemory } from '../bots/documents/index.ts';
import type { SupplierMemory } from '../core/model/supplier-memory.ts';
import { activity } from './activity.ts';

export type DocumentDependencies = {
  reader: DocumentReader;
  /** VAT id of the company that gets the invoices. */
  ownVatId?: string | undefined;
  /** Passwords that encrypted PDFs are tried with. */
  passwords?: () => Promise<readonly string[]>;
  /** What approved documents of a supplier say, by its VAT id. */
  memoryOf?: (vatId: string) => Promise<SupplierMemory>;
  artefacts: { get(id: string): Promise<FileContent>; put(file: FileContent): Promise<Artefact> };
};

/**
 * `document.read`: fetches the stored file, lets the bot read it, stores the page images. `document.classify`: only says
 * what the file is.
 */
export function createDocumentActivities({ reader, artefacts, ownVatId, passwords, memoryOf }: DocumentDependencies) {
  /** A reading with the two ids in their places, weighed against what is known of its supplier. */
  async function known(part: ReadPart): Promise<ReadPart> {
    if (!part.invoice) return part;
    const invoice = notOurOwn(part.invoice, ownVatId);
    const { vatId } = invoice.seller;
    const ours = { ...part, invoice };
    return memoryOf && vatId !== undefined ? withMemory(ours, await memoryOf(vatId)) : ours;
  }

  const contextFor = async (signal: AbortSignal, onProgress: (note: string) => void) => ({
    signal,
    onProgress,
    ...(passwords && { passwords: await passwords() }),
  });

  return {
    [documentRead.name]: activity(documentRead, async ({ file }, { signal, onProgress }) => {
      const content = await artefacts.get(file.id);
      const stored = async (part: ReadPart) => {
        const { pages, ...read } = await known(part);
        const images: Artefact[] = [];
        for (const page of pages) images.push(await artefacts.put(page));
        return { ...read, file, pages: images };
      };
      // The name belongs to this mail; the same bytes may have come under another one before.
      const { others, ...first } = await reader.read(
        { ...content, name: file.name },
        await contextFor(signal, onProgress),
      );
      const found = await stored(first);
      const further: Awaited<ReturnType<typeof stored>>[] = [];
      for (const other of others) further.push(await stored(other));
      return { ...found, others: further };
    }),
    [documentClassify.name]: activity(documentClassify, async ({ file }, { signal, onProgress }) => {
      const content = await artefacts.get(file.id);
      return reader.classify({ ...content, name: file.name }, await contextFor(signal, onProgress));
    }),
  };
}
