import { insidePlace, nameOf, type Place, putOnce, type PutNotes } from '../bots/places/index.ts';
import { fileGet } from '../core/catalogue/file-get.ts';
import { fileList, MAX_FILES_LISTED } from '../core/catalogue/file-list.ts';
import { filePut } from '../core/catalogue/file-put.ts';
import type { Artefact, FileContent } from '../core/model/artefact.ts';
import { businessException } from '../core/model/problem.ts';
import { activity } from './activity.ts';
import { fetchFile, type OpenPlace } from './file-source.ts';

export type FileActivityDeps = {
  place: OpenPlace;
  artefacts: { get(id: string): Promise<FileContent>; put(file: FileContent): Promise<Artefact> };
  puts: PutNotes;
};

/** `file.get`, `file.put` and `file.list`: files of the places in the settings. */
export function createFileActivities({ place: open, artefacts, puts }: FileActivityDeps) {
  async function at<T>(name: string, work: (place: Place) => Promise<T>): Promise<T> {
    const place = await open(name);
    try {
      return await work(place);
    } finally {
      await place.close();
    }
  }
  return {
    [fileGet.name]: activity(fileGet, async ({ place: name, path, optional }, { signal }) => {
      const content = await fetchFile(open, { place: name, path }, signal);
      if (content) return { file: await artefacts.put(content) };
      if (optional) return {};
      throw businessException('file-missing', `there is no file ${path} in the place ${name}`);
    }),
    [filePut.name]: activity(filePut, async ({ place: name, path, file }, { call, signal }) => {
      const { bytes } = await artefacts.get(file.id);
      const inside = insidePlace(path);
      const outcome = await at(name, (place) => putOnce(place, { key: call.key, path: inside, bytes }, puts, signal));
      return { place: name, path: inside, outcome };
    }),
    [fileList.name]: activity(fileList, async ({ place: name, folder, ending }, { signal }) => {
      const inside = insidePlace(folder);
      const all = await at(name, (place) => place.list(inside, signal));
      const files = all.filter(({ path }) => ending === undefined || path.toLowerCase().endsWith(ending.toLowerCase()));
      if (files.length > MAX_FILES_LISTED) {
        const detail = `${name}/${inside} has ${files.length} such files; one call lists at most ${MAX_FILES_LISTED}`;
        throw businessException('too-many-files', `${detail}. To fix: narrow them by "ending", or move old ones away`);
      }
      return { files: files.map((entry) => ({ ...entry, name: nameOf(entry.path) })) };
    }),
  };
}
