import type { FileContent } from '../model/artefact.ts';

/** A note for whoever dropped a file that was not taken; it lies beside the file, whose name it continues. */
export function droppedFileNote({ name, reason }: { name: string; reason: string }): FileContent {
  const text = [
    `Nie przyjęto pliku „${name}”. Nic z nim nie zrobiono.`,
    `Powód: ${reason}`,
    'Po usunięciu przyczyny proszę przenieść plik z powrotem do obserwowanego folderu.',
    '',
    `The file "${name}" was not taken. Nothing was done with it.`,
    `Reason: ${reason}`,
    'Once that is fixed, move the file back into the watched folder.',
    '',
  ].join('\r\n');
  return { name: '.reason.txt', mediaType: 'text/plain; charset=utf-8', bytes: new TextEncoder().encode(text) };
}
