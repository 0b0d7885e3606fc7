import { resolve as resolvePath } from 'node:path';
import { openLocalPlace, openSftpPlace, openWebdavPlace, type Place } from '../bots/places/index.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { Secrets } from '../installation/secrets.ts';
import { entryOf } from './resolve.ts';

/** Opens places of the settings by name, with their secrets put in place. */
export function createPlaces({ settings, secrets, home }: { settings: Settings; secrets: Secrets; home: string }) {
  const secret = async (name: string | undefined) => (name === undefined ? undefined : await secrets.get(name));
  return async (name: string): Promise<Place> => {
    const found = entryOf(settings.places, 'places', name);
    if (found.kind === 'folder') return openLocalPlace(resolvePath(home, found.path));
    const password = await secret(found.password);
    if (found.kind === 'webdav') return openWebdavPlace({ ...found, password });
    return openSftpPlace({ ...found, password, privateKey: await secret(found.privateKey) });
  };
}
