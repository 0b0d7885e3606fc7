import { createHash } from 'node:crypto';
import { sniffMediaType } from './media-types.ts';
import type { DropHandler, DroppedFile } from '../bots/places/index.ts';
import { droppedFileNote } from '../core/messages/dropped-file.ts';
import type { Artefact, FileContent } from '../core/model/artefact.ts';
import { classify } from '../core/model/classify-error.ts';
import { ProblemError } from '../core/model/problem.ts';
import type { CloudEvent } from '../core/events/cloud-event.ts';
import type { Routed } from './router.ts';

/** Type of the event that every dropped file becomes. */
export const FILE_RECEIVED = 'file.received';

/** Media types by the endings of names, where the bytes alone tell only text or an archive. */
const BY_ENDING: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  txt: 'text/plain',
  xml: 'application/xml',
  json: 'application/json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

export type FileIntakeDeps = {
  artefacts: { put(file: FileContent): Promise<Artefact> };
  publish: (event: CloudEvent) => Promise<Routed>;
};

/**
 * Takes dropped files over: stores the file, then publishes `file.received`. The file leaves its folder only after its
 * run exists; one that no automation wants goes to the folder of failed ones with a note.
 */
export function createFileIntake({ artefacts, publish }: FileIntakeDeps): DropHandler {
  return {
    async accept(dropped) {
      try {
        const mediaType = await sniffMediaType(dropped.bytes, BY_ENDING[endingOf(dropped.name)] ?? '');
        const file = await artefacts.put({ name: dropped.name, mediaType, bytes: dropped.bytes });
        const { runs, signalled } = await publish(toEvent(dropped, file));
        if (runs.length + signalled.length > 0) return { folder: 'done' };
        return { folder: 'failed', reason: `no deployed automation takes files of the place ${dropped.place}` };
      } catch (error) {
        throw error instanceof ProblemError ? error : classify(error);
      }
    },
    noteOf: droppedFileNote,
  };
}

function toEvent({ place, path, name, size, modifiedAt, hash }: DroppedFile, file: Artefact): CloudEvent {
  return {
    specversion: '1.0',
    type: FILE_RECEIVED,
    source: `place/${place}`,
    // The same bytes under the same name with the same time are the same delivery, however often it is seen.
    id: createHash('sha256').update([path, size, modifiedAt, hash].join('\n')).digest('hex'),
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { place, path, name, size, modifiedAt, file },
  };
}

const endingOf = (name: string): string => name.split('.').at(-1)?.toLowerCase() ?? '';
